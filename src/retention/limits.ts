import { type SettingName, setting, settingIsValid } from "../config.ts";

const day = 86_400_000;

/** The setting that ends what is indexed under a kind (walkArrived.ts), or `timeline`. */
function settingOf(kind: string) {
  if (kind === "quarantine") return "RETENTION_QUARANTINE_DAYS";
  if (kind === "recordingFile") return "RETENTION_RECORDINGS_DAYS";
  return kind === "timeline" ? "RETENTION_TIMELINE_DAYS" : "RETENTION_EVENTS_DAYS";
}

export interface Limit {
  setting: SettingName;
  days: number;
  /** Days that begin before this are over for so long; milliseconds since 1970. */
  before: number;
}

/** Until when a kind is ended; undefined when it is kept for ever, and when its setting is wrong. */
export function limitOf(kind: string, now: Date): Limit | undefined {
  const name = settingOf(kind);
  const days = settingIsValid(name) ? setting(name) : 0;
  if (days === 0) return undefined;
  const end = now.getTime() - days * day;
  return { setting: name, days, before: end - (end % day) };
}
