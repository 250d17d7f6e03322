// What `npm run replay` does: says what would become of what lies in quarantine, was dead-lettered or is archived if it came now, and with
// --commit has it come.
import { parseArgs } from "node:util";
import { setting } from "../src/config.ts";
import { type Family, families } from "../src/events/families.ts";
import type { RawEvent } from "../src/problems/replay/rawEvents.ts";
import { onRecord } from "../src/problems/replay/replayRecord.ts";
import { replaySpan, type Span, type SpanItem } from "../src/problems/replay/replaySpan.ts";
import { beginTally } from "../src/problems/replay/tally.ts";
import { typeIn } from "../src/problems/replay/typeIn.ts";
import { read } from "../src/storage/ledger.ts";
import type { Print } from "./rulesCommand.ts";

const sources = ["quarantine", "deadLetters", "archive"] as const;

const usage = `Usage: npm run replay -- --from TIME [--to TIME] [--source ${sources.join("|")}] [--family FAMILY] [--type TYPE]
                         [--dismissed] [--commit] [--reason TEXT]

--from, --to  when it arrived or was dead-lettered: 2026-11-01, 2026-11-01T09:00:00Z (UTC); to the present if left out
--source      quarantine if left out
--family      ${families.join(", ")}
--type        an event type, as SMSReceived
--dismissed   also what somebody dismissed from the list of problems
--commit      do it; without it nothing is written
--reason      why, for the record

Storage: AzureWebJobsStorage, or AzureWebJobsStorage__accountName with your Azure identity (az login), from the environment or
local.settings.json. ALLOWED_TOPICS and HASH_KEY must be what the app has.

Exit code 1 if something is left that could not be replayed, 2 if the options are wrong or storage does not answer.`;

/** Runs the command and gives its exit code. */
export async function replayCommand(args: string[], print: Print): Promise<0 | 1 | 2> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    print.err(`${messageOf(error)}\n\n${usage}`);
    return 2;
  }
  const { span, reason } = options;
  try {
    print.out(span.commit ? "Replaying." : "A dry run: nothing is written; --commit does it.");
    const asked = { by: `npm run replay (${process.env.USER || "unknown user"})`, reason };
    const unless = await guard();
    const work = () => run({ ...span, unless }, asked, print);
    const what = { ...asked, asked: args.join(" ") };
    const { result, left } = span.commit ? await onRecord("span", what, work) : await work();
    print.out(`${span.commit ? "" : "It would be: "}${result}`);
    return left ? 1 : 0;
  } catch (error) {
    print.err(`Storage does not give what is needed: ${messageOf(error)}`);
    print.err("What was done is done, and is not done again: run the same command once more.");
    return 2;
  }
}

async function run(span: Span, asked: { by: string; reason: string }, print: Print) {
  const tally = beginTally();
  let left = false;
  for await (const item of replaySpan(span, asked)) {
    tally.add(item.events);
    left ||= item.none === "unreadable" || item.error !== undefined;
    left ||= item.events.some(({ outcome }) => outcome === "refused");
    for (const line of linesOf(item)) print.out(line);
  }
  return { result: tally.text(), left };
}

/** A line for each event but those of which nothing is left to do. */
function linesOf({ events, none, error, container, blob }: SpanItem): string[] {
  const where = `${container}/${blob}`;
  if (error) return [`failed    ${where}  ${error.code}: ${error.message}`];
  if (none === "unreadable") return [`unread    ${where}  no JSON, or too long`];
  if (none) return none === "dismissed" ? [`dismissed ${where}  --dismissed takes it, too`] : [];
  return events
    .filter(({ outcome }) => outcome !== "done")
    .map(({ outcome, type, reasons, jobs }) => {
      const asks = jobs.map(({ queue, says }) => `${queue}: ${says}`);
      return [outcome.padEnd(8), where, type ?? "", (reasons ?? []).join(", "), asks.join("; ")]
        .filter(Boolean)
        .join("  ");
    });
}

/**
 * What must not be replayed with the settings of this machine: a topic that the app refuses, because none is refused here; and a text, as long
 * as the app has no key for opt-outs, because another would be made here.
 */
async function guard(): Promise<(event: RawEvent) => string | undefined> {
  const anyTopic = setting("ALLOWED_TOPICS").size === 0;
  const noKey = setting("HASH_KEY") === "" && !(await read(["secret", "hashKey"]));
  return ({ raw, reasons = [] }) => {
    if (anyTopic && reasons.includes("ACS_EVENTS_TOPIC_NOT_ALLOWED")) return "set ALLOWED_TOPICS as the app has it";
    if (noKey && /SMS/i.test(typeIn(raw))) return "set HASH_KEY as the app has it, or let the app take a text first";
    return undefined;
  };
}

function readOptions(args: string[]): { span: Span; reason: string } {
  const string = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ from: string, to: string, source: string, family: string, type: string, reason: string },
      ...{ commit: { type: "boolean" }, dismissed: { type: "boolean" } },
    },
  });
  const { commit = false, dismissed = false, reason = "", type } = values;
  if (values.from === undefined) throw new Error("--from is expected.");
  return {
    reason: reason.slice(0, 500),
    span: {
      source: oneOf("--source", values.source ?? "quarantine", sources),
      family: values.family === undefined ? undefined : oneOf<Family>("--family", values.family, families),
      from: timeOf("--from", values.from),
      to: values.to === undefined ? Date.now() + 1 : timeOf("--to", values.to),
      type,
      ...{ commit, dismissed },
    },
  };
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((one) => one.toLowerCase() === value.toLowerCase());
  if (!found) throw new Error(`${option}: one of ${known.join(", ")} is expected.`);
  return found;
}

function timeOf(option: string, value: string): number {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time))
    throw new Error(`${option}: a date or a time in UTC such as 2026-11-01T09:00:00Z is expected.`);
  return time;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
