// What is written of a recording once ACS has given its id. All of it derives from the claim, so whoever finds the claim after a
// crash writes the same.
import { shortId } from "../../storage/keys.ts";
import { claim, lostRace, put, settle } from "../../storage/ledger.ts";
import { becomeKnown } from "../becomeKnown.ts";
import { aliasKey, type RunRow, runKey } from "../rows.ts";
import { noteOperation } from "./operations.ts";
import { closeStart, type RunningRow, startId } from "./running.ts";
import type { StartOrder } from "./startOrder.ts";
import { resolveUncertainStart } from "./uncertainStart.ts";

/**
 * Writes the rows of a recording that was started, which is the end of its start; again changes nothing.
 * @param locator as locatorKey gives it
 */
export async function noteStart(locator: string, started: RunningRow): Promise<void> {
  const { claimedAt, recordingId, order } = started;
  const { locator: named, recording, relayTo, consent, operationContext } = JSON.parse(order) as StartOrder;
  const id = shortId(recordingId);
  const at = claimedAt.toISOString();
  await claim<RunRow>(runKey(id), {
    recordingId: id,
    startedAt: claimedAt,
    locator,
    ...(named.kind === "serverCallId" ? { serverCallId: named.id } : {}),
    pausedAt: recording.pauseOnStart ? at : "",
    stoppedAt: "",
    relayTo,
    consent,
    consentAt: consent && at,
  });
  for (const part of partsOf(recordingId)) await noteAlias(part, id);
  if (named.kind === "serverCallId") await noteCall(named.id, id, claimedAt);
  await noteOperation(id, {
    operation: "started",
    time: at,
    ...(operationContext && { operationContext }),
    ...(consent && { consent }),
  });
  await becomeKnown(id, claimedAt);
  await resolveUncertainStart(locator);
  await closeStart(startId(locator, started));
}

/** Lets a recording be found by a part of its id; a part that two recordings share leads to neither. */
async function noteAlias(part: string, recordingId: string): Promise<void> {
  const { row, etag } = await claim(aliasKey(part), { recordingId });
  if (row.recordingId === recordingId || row.recordingId === "") return;
  await settle(aliasKey(part), etag, { recordingId: "" }).catch((error) => {
    // Another one has said so.
    if (!lostRace(error)) throw error;
  });
}

/** Lets a recording be found by its call, for an event that names it otherwise than ACS's answer did. */
export function noteCall(serverCallId: string, recordingId: string, startedAt: Date): Promise<void> {
  return put(["call", serverCallId, `recording:${recordingId}`], { recordingId, startedAt });
}

/**
 * The GUIDs within a recordingId, which is Base64Url of `{"PlatformEndpointId","ResourceSpecificId"}` in the SDK's recorded tests:
 * an event may name the recording by one of them.
 */
function partsOf(recordingId: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(recordingId, "base64url").toString("utf8"));
    if (typeof parts !== "object" || parts === null) return [];
    const { PlatformEndpointId, ResourceSpecificId } = parts as Record<string, unknown>;
    return [PlatformEndpointId, ResourceSpecificId].filter(
      (part) => typeof part === "string" && part !== "",
    ) as string[];
  } catch {
    return [];
  }
}
