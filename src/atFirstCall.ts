import "./http/openResponse.ts";

/**
 * A handler of later.ts, which is loaded at the first call of any of them: a cold start does not read it. An error of loading is the call's.
 *
 * @example
 * app.timer("seal", { schedule: "0 25 * * * *", handler: atFirstCall((all) => all.seal) });
 */
export function atFirstCall<A extends unknown[], R>(
  pick: (all: typeof import("./later.ts")) => (...args: A) => Promise<R>,
) {
  return async (...args: A): Promise<R> => pick(await import("./later.ts"))(...args);
}
