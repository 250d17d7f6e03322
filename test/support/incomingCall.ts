import { randomUUID } from "node:crypto";
import type { CallAction } from "../../dev/acsSimulator/callControl.ts";
import { callKey } from "../../src/calls/incoming/callRow.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import type { App } from "./startApp.ts";

export const ourNumber = "+18335550100";

/** An IncomingCall event that rings now; `call` names it in all its ids. */
export function incomingCallEvent(
  call: string,
  { from = "+14255550123", to = ourNumber, at = new Date(), data = {}, id = randomUUID() as string } = {},
): Record<string, unknown> {
  const number = (value: string) => ({ kind: "phoneNumber", rawId: `4:${value}`, phoneNumber: { value } });
  const ids = { serverCallId: serverCallIdOf(call), correlationId: `correlation-${call}` };
  const all = { to: number(to), from: number(from), ...ids, incomingCallContext: contextOf(call), ...data };
  return eventGridEvent("IncomingCall", all, {
    id,
    subject: `/caller/4:${from}/recipient/4:${to}`,
    eventTime: at.toISOString(),
  });
}

export const serverCallIdOf = (call: string) =>
  Buffer.from(`https://conv.contoso.example/${call}`).toString("base64url");

/** A context that tells the simulator of the call; those of ACS are opaque. */
export function contextOf(call: string): string {
  const ids = { serverCallId: serverCallIdOf(call), correlationId: `correlation-${call}` };
  return Buffer.from(JSON.stringify(ids)).toString("base64url");
}

/** What the simulator was asked to do with calls, and did. */
export async function callActions(app: App, call?: string): Promise<CallAction[]> {
  const answer = await fetch(`${app.addresses.acs}/simulator/actions`);
  const all = (await answer.json()) as CallAction[];
  return call === undefined ? all : all.filter(({ request }) => request.incomingCallContext === contextOf(call));
}

/** The ledger's row of a call that rang. */
export async function callRow(app: App, call: string) {
  const [row] = await app.store.ledger(...(callKey(contextOf(call)) as [string, string]));
  return row;
}
