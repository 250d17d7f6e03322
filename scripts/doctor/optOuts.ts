import { hashKeyState } from "../../src/storage/keyedHash.ts";
import { type Check, ok, problem, type Said } from "./finding.ts";
import { storageFailure } from "./storageFailure.ts";

/** Whether those who opted out are still known: their numbers are kept under a key that must not change. */
export const optOuts: Check = {
  name: "opt-outs",
  look: async () => {
    try {
      return [judgeHashKey[await hashKeyState()]];
    } catch (error) {
      return [storageFailure(error, "table", "read the key of opt-outs")];
    }
  },
};

/** By what `hashKeyState` says. */
export const judgeHashKey: Record<Awaited<ReturnType<typeof hashKeyState>>, Said> = {
  none: ok("no key is in use yet; HASH_KEY, or one of the app's, will be the one for ever"),
  given: ok("HASH_KEY is the one that opt-outs are kept under"),
  own: ok("kept under a key that the app made; HASH_KEY would keep it outside of the storage account (docs/optOut.md)"),
  changed: problem(
    "HASH_KEY is not the key that opt-outs are kept under: no text is sent until it is",
    "Set HASH_KEY to what it was, or to nothing if it was not set (docs/optOut.md)",
  ),
};
