// What `npm run rules -- --incoming EVENT` does: tells what the rules of incoming-calls.json would do with a call, and why. Nothing is
// done and nothing is written.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { actionOf, type CallAction, decideIncomingCall } from "../src/calls/incoming/decideIncomingCall.ts";
import type { IncomingCalls } from "../src/calls/incoming/incomingCalls.ts";
import { incomingCallsDocument } from "../src/calls/incoming/loadIncomingCalls.ts";
import { type RingingCall, ringingCall } from "../src/calls/incoming/ringingCall.ts";
import { accept } from "../src/events/accept.ts";
import { is } from "../src/events/acsEvent.ts";
import { incomingCall } from "../src/events/incomingCall/incomingCall.ts";
import { ruleId } from "../src/rules/firstMatch.ts";
import { lastValid } from "./lastValid.ts";
import { openDocument } from "./openDocument.ts";
import type { Print } from "./rulesCommand.ts";

const usage = `Usage: npm run rules -- --incoming EVENT [--at TIME] [--file FILE]

--incoming  a file with an IncomingCall event, in either envelope or its data alone
--at        when it rings, e.g. 2026-12-25T10:00:00Z; the event's time if left out, else now
--file      a document on this machine; else config/incoming-calls.json in the storage account, as for --try

Exit code 1 if the document is not valid, 2 if something cannot be read or the options are wrong.`;

/** Runs the command and gives its exit code. */
export async function incomingCommand(args: string[], print: Print): Promise<0 | 1 | 2> {
  try {
    const { event, at, file } = readOptions(args);
    const call = await readCall(event, at);
    const document = await openDocument(incomingCallsDocument, file, print);
    const inForce =
      document ??
      (file === undefined ? await lastValid(incomingCallsDocument, "every call is ignored", print) : undefined);
    if (inForce) tell(inForce, call, print);
    return document ? 0 : 1;
  } catch (error) {
    print.err(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function readOptions(args: string[]): { event: string; at?: Date; file?: string } {
  try {
    const string = { type: "string" } as const;
    const { values } = parseArgs({ args, options: { incoming: string, at: string, file: string } });
    const { incoming: event, at, file } = values;
    if (event === undefined) throw new Error("--incoming: a file is expected.");
    const time = at === undefined ? undefined : new Date(at);
    if (Number.isNaN(time?.getTime())) throw new Error("--at: a time such as 2026-12-25T10:00:00Z is expected.");
    return { event, ...(time && { at: time }), ...(file !== undefined && { file }) };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

/** The call of an event as it was delivered, alone or first of a list, or of its data. */
async function readCall(path: string, at: Date | undefined): Promise<RingingCall> {
  const json: unknown = JSON.parse(await readFile(path, "utf8"));
  const first: unknown = Array.isArray(json) ? json[0] : json;
  const whole = typeof first === "object" && first !== null && ("eventType" in first || "type" in first);
  const event = accept(whole ? first : { eventType: incomingCall.type, data: first });
  if (!is(incomingCall, event)) throw new Error(`${path} is a ${event.name} event, not an IncomingCall.`);
  const call = ringingCall(event, new Date());
  return at ? { ...call, at } : call;
}

function tell(document: IncomingCalls, call: RingingCall, print: Print): void {
  const { from, to, at } = call;
  print.out(`${from.id ?? "a withheld number"} (${from.kind}) calls ${to.id} at ${at.toISOString()}`);
  const decision = decideIncomingCall(document, call);
  const actions = new Map(document.rules.map((rule, index) => [ruleId(rule, index), actionOf(rule)]));
  for (const { rule, fits, why } of decision.trace) {
    print.out(`  ${fits ? "fits" : " -  "}  ${rule.padEnd(20)}  ${inWords(actions.get(rule)).padEnd(12)}  ${why}`);
  }
  if ("ignored" in decision) print.out(`Ignored: ${decision.ignored}`);
  else print.out(`By ${decision.rule}: ${inWords(decision.action)}`);
}

function inWords(action: CallAction | undefined): string {
  if (!action) return "ignore";
  if (action.kind === "redirect") return `redirect to ${action.to}`;
  return action.kind === "reject" ? `reject (${action.reason})` : "answer";
}
