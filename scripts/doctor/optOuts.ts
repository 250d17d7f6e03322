import { setting } from "../../src/config.ts";
import { hashKeyState } from "../../src/storage/keyedHash.ts";
import { type Check, notChecked, ok, problem, type Said } from "./finding.ts";
import { isReference } from "./isReference.ts";
import { storageFailure } from "./storageFailure.ts";

/** Whether those who opted out are still known: their numbers are kept under a key that must not change. */
export const optOuts: Check = {
  name: "opt-outs",
  look: async () => {
    if (isReference(process.env.HASH_KEY)) {
      return [notChecked("HASH_KEY is in Key Vault; if the app cannot use it, problem optOutNotNoted is open")];
    }
    try {
      return [states[await hashKeyState()], ...mirror()];
    } catch (error) {
      return [storageFailure(error, "table", "read the key of opt-outs")];
    }
  },
};

const states: Record<Awaited<ReturnType<typeof hashKeyState>>, Said> = {
  none: ok("no key is in use yet; HASH_KEY, or one of the app's, will be the one for ever"),
  given: ok("HASH_KEY is the one that opt-outs are kept under"),
  own: ok("kept under a key that the app made; HASH_KEY would keep it outside of the storage account (docs/optOut.md)"),
  changed: problem(
    "HASH_KEY is not the key that opt-outs are kept under: no text is sent until it is",
    "Set HASH_KEY to what it was, or to nothing if it was not set (docs/optOut.md)",
  ),
};

function mirror(): Said[] {
  const lonely = setting("ACS_OPT_OUT_SYNC") && !setting("ACS_CONNECTION_STRING") && !setting("ACS_ENDPOINT");
  const advice = "Set ACS_ENDPOINT or ACS_CONNECTION_STRING, or ACS_OPT_OUT_SYNC to false";
  return lonely ? [problem("ACS_OPT_OUT_SYNC is true, and no ACS resource is named to be told", advice)] : [];
}
