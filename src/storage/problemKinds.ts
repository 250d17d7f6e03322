/**
 * Every kind of problem, each a partition of table `problems`; docs/problems.md says what each means. A list looks into all of them, so one
 * that is missing here could not be seen.
 */
export const problemKinds = [
  // Events.
  ...["quarantinedEvent", "unknownEventType", "unknownMember", "deadLetter", "tooManyJobs"],
  // Jobs, settings and documents.
  ...["poisonedJob", "failedJob", "setting", "configDocument"],
  // Texts.
  ...["smsFailed", "smsUnconfirmed", "smsBudget", "smsCredentials", "optOutNotNoted", "optOutNotMirrored"],
  // Recordings.
  ...["recordingLate", "recordingExpired", "recordingFailed", "recordingCredentials", "recordingMetadataLost"],
  ...["recordingIncomplete", "recordingNotAnnounced", "recordingPaused", "recordingStartUncertain"],
  ...["recordingDamaged", "relayRefused", "autoRecordConsent", "autoRecordFailed"],
  // Proof.
  ...["sealFailed", "sealBroken", "retentionFailed"],
  // Calls.
  "incomingCallFailed",
] as const;

export type ProblemKind = (typeof problemKinds)[number];
