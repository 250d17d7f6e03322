import { settingIsValid, settingOrDefault } from "../../config.ts";
import { knowsMember } from "../../events/knowsMember.ts";
import { mayAutoRecord } from "../../recordings/control/mayAutoRecord.ts";
import { isWhole } from "../../recordings/reconcile/isWhole.ts";
import { budgetIsLeft } from "../../sms/outbox/budgetIsLeft.ts";
import type { ProblemKind } from "../../storage/problemKinds.ts";
import type { ProblemRow } from "../../storage/problemRows.ts";
import { jobIsDone } from "./jobIsDone.ts";

type IsGone = (problem: ProblemRow) => boolean | Promise<boolean>;

/** Of the kinds whose cause goes away without a function being called: whether it has. */
export const isGone = {
  smsBudget: ({ raw }) => budgetIsLeft(raw),
  autoRecordConsent: () =>
    settingIsValid("AUTO_RECORD") && (settingOrDefault("AUTO_RECORD") === "off" || mayAutoRecord()),
  recordingDamaged: ({ about = "", sourceBlob }) => {
    const recordingId = decodeURIComponent(about.replace(/^recordings\//, ""));
    return sourceBlob !== undefined && isWhole(recordingId, sourceBlob);
  },
  unknownMember: ({ raw }) => {
    const [name = "", pointer = ""] = raw.split(" ");
    return knowsMember(name, pointer);
  },
  // Last: an outage leaves many of them, and each takes several reads.
  poisonedJob: jobIsDone,
  failedJob: jobIsDone,
} satisfies Partial<Record<ProblemKind, IsGone>>;
