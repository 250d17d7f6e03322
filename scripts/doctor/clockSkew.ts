import { type Check, couldNotCheck, notChecked, ok, problem, type Said } from "./finding.ts";
import { addressOf } from "./storage.ts";
import { storageTime } from "./storageTime.ts";

/**
 * How far the clock may be from that of storage, in milliseconds. Storage and ACS refuse what is signed 15 minutes off; before that, deadlines of
 * recordings and the ages of texts are judged wrong.
 */
const most = 5 * 60_000;

/** Compares the clock with storage's. */
export const clockSkew: Check = {
  name: "clock",
  look: async () => {
    if (addressOf("blob") === undefined) return [notChecked("no storage account is named, which would say the time")];
    const times = await storageTime();
    if (times) return [judgeSkew(times.here - times.storage)];
    const advice = "Is the account's name right, is it reached from this machine, does Azurite run (npm start)?";
    return [couldNotCheck("storage does not answer, so it does not say the time either", advice)];
  },
};

/** @param skew milliseconds by which this clock is ahead; storage gives whole seconds */
export function judgeSkew(skew: number): Said {
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= most) return ok(`within ${Math.max(1, seconds)} s of storage's`);
  return problem(
    `${seconds} s ${skew > 0 ? "ahead of" : "behind"} storage's: from 900 s on storage and ACS refuse every signature, and deadlines are judged wrong before`,
    "Set the clock by NTP: sudo timedatectl set-ntp true",
  );
}
