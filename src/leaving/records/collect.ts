import type { Touched } from "./touched.ts";

/** Where touches are put: the spools, or a list of what is to be put there. */
export type Touches = { [Name in keyof Touched]: Pick<Touched[Name], "put"> };

/** Takes touches, so that events can be looked at side by side and what they tell is noted in order all the same. */
export function collect(): { touches: Touches; putInto(touched: Touched): Promise<void> } {
  const puts: ((touched: Touched) => Promise<void>)[] = [];
  const later = <Name extends keyof Touched>(name: Name): Touches[Name] =>
    ({
      async put(key: string, value: never) {
        puts.push((touched) => touched[name].put(key, value));
      },
    }) as Touches[Name];
  const touches: Touches = {
    messages: later("messages"),
    reports: later("reports"),
    calls: later("calls"),
    threads: later("threads"),
    recordings: later("recordings"),
    texts: later("texts"),
  };
  return {
    touches,
    async putInto(touched) {
      for (const put of puts) await put(touched);
    },
  };
}
