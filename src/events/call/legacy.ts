import type { Legacy } from "../upcast.ts";

/** In 2021 the identifier itself stood where {communicationIdentifier, role} stands today. */
const participant: Legacy = {
  gathered: {
    into: "communicationIdentifier",
    members: [
      "kind",
      "rawId",
      "communicationUser",
      "phoneNumber",
      "microsoftTeamsUser",
      "microsoftTeamsApp",
      "teamsExtensionUser",
    ],
  },
};

/** Call events of 2021, and a misspelling in specification examples. Source: fields.md, section 4. */
export const callLegacy: Legacy = {
  renamed: { durationOfCall: "callDurationInSeconds", endpointType: "userAgent" },
  inside: {
    startedBy: participant,
    user: participant,
    endedBy: { renamed: { communicationidentifier: "communicationIdentifier" } },
  },
};
