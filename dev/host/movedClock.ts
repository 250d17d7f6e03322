const RealDate = Date;
const realNow = Date.now;
let aheadMs = 0;

/**
 * Lets this process live so many milliseconds ahead of the real clock: `new Date()`, `Date()` and `Date.now()`. Timers keep the real pace.
 * @param ms the whole distance, not one that is added to the last
 */
export function moveClock(ms: number): void {
  aheadMs = ms;
  globalThis.Date = MovedDate;
  RealDate.prototype.constructor = MovedDate;
}

const now = () => realNow() + aheadMs;

const MovedDate = new Proxy(RealDate, {
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new RealDate(now()).toString(),
});
