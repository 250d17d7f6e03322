import type { Background } from "./background.ts";
import type { CallbackTokens } from "./callbackTokens.ts";
import type { SimulatedEvent } from "./context.ts";

export interface CallbackOptions {
  audience: string;
  clock: () => Date;
  tokens: CallbackTokens;
  background: Background;
  signal: AbortSignal;
}

/**
 * A function that posts a Call Automation callback: an array with one CloudEvent, with a token that says it is from
 * ACS. Callbacks to one address go out in order.
 */
export function callbackPoster(options: CallbackOptions): (url: string, event: SimulatedEvent) => void {
  let last: Promise<unknown> = Promise.resolve();
  return (url, { type, subject, data }) => {
    const time = options.clock();
    const event = {
      id: crypto.randomUUID(),
      source: subject,
      subject,
      type: `Microsoft.Communication.${type}`,
      time: time.toISOString(),
      specversion: "1.0",
      datacontenttype: "application/json",
      data,
    };
    const post = async () => {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${options.tokens.token(options.audience, time)}`,
        },
        body: JSON.stringify([event]),
        signal: options.signal,
      });
      await response.arrayBuffer();
      if (!response.ok) {
        throw new Error(`the callback address answered ${response.status}`);
      }
    };
    const posted = last.then(post);
    last = posted.catch(() => {});
    options.background.run(`Posting ${type}`, () => posted);
  };
}
