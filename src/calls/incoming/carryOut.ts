import { answerCall, redirectCall, rejectCall } from "../../acs/incomingCall.ts";
import { repeatabilityId } from "../../acs/repeatability.ts";
import { setting } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import type { WorkKey } from "../../storage/ledger.ts";
import type { CallRow } from "./callRow.ts";
import type { CallAction } from "./decideIncomingCall.ts";

/**
 * Asks ACS for what a claim decided; again is the same request to ACS.
 * @returns how the row is settled
 * @throws AcsEventsError as src/acs/incomingCall.ts; ACS_EVENTS_BAD_SETTING
 */
export async function carryOut(
  row: CallRow,
  { context, work, signal }: { context: string; work: WorkKey; signal: AbortSignal },
): Promise<Partial<CallRow>> {
  // Throws with advice when the setting is invalid.
  setting("INCOMING_CALLS");
  const sending = { repeatability: { id: repeatabilityId(work), firstSent: row.claimedAt }, signal };
  const action = JSON.parse(row.action) as CallAction;
  if (action.kind === "redirect") {
    await redirectCall(context, action.to, sending);
    return { state: "redirected" };
  }
  if (action.kind === "reject") {
    await rejectCall(context, action.reason, sending);
    return { state: "rejected" };
  }
  const answered = await answerCall(context, callbackUrl(), sending);
  return { state: "answered", ...answered };
}

function callbackUrl(): string {
  const base = setting("PUBLIC_BASE_URL");
  // Without the resource's id, each callback would be refused.
  if (base && setting("ACS_RESOURCE_ID")) return `${base}/api/callbacks/calls`;
  const message = "A call is answered only if ACS can tell the app of it: set PUBLIC_BASE_URL and ACS_RESOURCE_ID.";
  throw new AcsEventsError("ACS_EVENTS_BAD_SETTING", message);
}
