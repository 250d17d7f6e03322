import { type Check, notChecked } from "./finding.ts";
import { once } from "./once.ts";
import { addressOf } from "./storage.ts";

/**
 * What time it is by storage, and by this machine when storage said so; milliseconds since 1970. It says so in every answer, also when it refuses.
 * Undefined when it does not answer, or no account is named.
 */
export const storageTime = once(async () => {
  const address = addressOf("blob");
  if (address === undefined) return undefined;
  const asked = Date.now();
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const storage = Date.parse(answer?.headers.get("date") ?? "");
  return Number.isNaN(storage) ? undefined : { storage, here: (asked + Date.now()) / 2 };
});

/** The check, unless storage does not answer: waiting for it once is enough. */
export function ifStorageAnswers({ name, look }: Check): Check {
  return {
    name,
    look: async () => {
      const silent = addressOf("blob") !== undefined && (await storageTime()) === undefined;
      return silent ? [notChecked("storage does not answer")] : look();
    },
  };
}
