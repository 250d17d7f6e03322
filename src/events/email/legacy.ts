import type { Legacy } from "../upcast.ts";

/** The documentation and the SDKs of before 2024-07 wrote TimeStamp; the service sends Timestamp. */
export const emailLegacy: Legacy = {
  renamed: {
    deliveryAttemptTimeStamp: "deliveryAttemptTimestamp",
    userActionTimeStamp: "userActionTimestamp",
  },
};
