// The row `running:{locator}`: that a recording runs in a call, or is being started, so that no second one is.
import type { CallLocator } from "../../acs/callLocator.ts";
import { repeatabilityId } from "../../acs/repeatability.ts";
import { shortId } from "../../storage/keys.ts";
import { type Columns, read, type WorkKey } from "../../storage/ledger.ts";
import { releaseIfOurs } from "../../storage/releaseIfOurs.ts";

export interface RunningRow extends Columns {
  /** Also the time of the first attempt, as ACS is told. */
  claimedAt: Date;
  /** What the first request asked for (StartOrder, JSON): who comes after a crash asks for the same. */
  order: string;
  /** "" until ACS has answered. */
  recordingId: string;
}

/** One text for a call that is named in one way. GUIDs come in any letter case. */
export function locatorKey({ kind, id }: CallLocator): string {
  return `${kind}:${kind === "groupCallId" || kind === "callConnectionId" ? id.toLowerCase() : id}`;
}

/** The id of a claimed start: ACS carries it out once, and its callbacks come back with it. */
export function startId(locator: string, { claimedAt }: RunningRow): string {
  return repeatabilityId([locator, claimedAt.toISOString()]);
}

/** A start that was asked for, until what became of it is written. Its row key is its id. */
export interface StartRow extends Columns {
  /** In which call. */
  locator: string;
  /** The claim's claimedAt. */
  since: Date;
}

export const startKey = (id: string): WorkKey => ["open", "start", id];
export const startPartition: WorkKey = ["open", "start"];
export const runningKey = (locator: string): WorkKey => ["running", locator, ""];

/** Lets a new recording be started in the call, if it is still this one that is said to run. */
export async function releaseRunning(locator: string, recordingId: string): Promise<void> {
  const held = await read<RunningRow>(runningKey(locator));
  if (held && shortId(held.row.recordingId) === shortId(recordingId)) await releaseUnlessChanged(locator, held.etag);
}

/** Lets a new recording be started in the call, if the claim did not change since `etag` was read. */
export function releaseUnlessChanged(locator: string, etag: string): Promise<void> {
  return releaseIfOurs(runningKey(locator), etag);
}

/** Ends the watch over a start; again changes nothing. */
export function closeStart(id: string): Promise<void> {
  return releaseIfOurs(startKey(id), "*");
}
