import { settingOrDefault } from "../../config.ts";
import type { SendJob } from "../../intake/jobs.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { read } from "../../storage/ledger.ts";
import { readOptOut } from "../optOut/readOptOut.ts";
import { learn } from "./learn.ts";
import { raiseUnconfirmed } from "./outboxProblems.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import { takeSlot } from "./takeSlot.ts";

/** How long a try belongs to the queue message that began it, in milliseconds: more than a try can take. */
const tryTime = 300_000;

/** A place in the pace that is no further away, in milliseconds, is as good as now: queues wait in whole seconds. */
const soon = 1000;

/**
 * Takes a try to send a text for a queue message: it is marked as maybe sent before it is.
 * @returns the row, and whether it may have been sent before; or why there is nothing to do, in words for the log
 */
export async function takeTry(job: SendJob, message: string): Promise<{ row: OutboxRow; before: boolean } | string> {
  const held = await read<OutboxRow>(outboxKey(job.from, job.to, job.id));
  const idle = whyNot(held?.row, job, message);
  if (!held || idle === "no such text") return "no such text";
  const { row } = held;
  if (idle === "handed on") await handOn(job, row);
  if (idle) return idle;
  if (row.maybeSent && age(row.sendingSince) > settingOrDefault("REPLY_UNCERTAIN_AFTER")) return giveUp(job, row);
  if (row.by !== "optOut" && (await isOptedOut(row))) return withhold(job, row);
  if (!row.notBefore) {
    const slot = await takeSlot(row.from);
    const wait = slot.getTime() - Date.now();
    if (wait > soon) {
      await putOff(job, wait, {});
      return "waits for its place in the pace of the number";
    }
  }
  let before = row.maybeSent;
  const taken = await changeRow<OutboxRow>(outboxKey(job.from, job.to, job.id), (now) => {
    if (whyNot(now, job, message)) return undefined;
    before = now?.maybeSent ?? false;
    const sendingSince = (before && now?.sendingSince) || new Date();
    return { owner: message, ownedUntil: new Date(Date.now() + tryTime), maybeSent: true, sendingSince };
  });
  return taken && !whyNot(taken, job, message) ? { row: taken, before } : "another message was faster";
}

/** Why a queue message has nothing to do with a text; undefined when it has. */
function whyNot(row: OutboxRow | undefined, job: SendJob, message: string): string | undefined {
  if (!row) return "no such text";
  if (row.state !== "placed") return `already ${row.state}`;
  // The job was cut off after it gave up its turn; whether the next one was put on the queue is not known.
  if (row.turn === job.turn + 1) return "handed on";
  if (row.turn !== job.turn) return "another job's turn";
  const owned = row.owner !== undefined && row.owner !== message && (row.ownedUntil ?? 0) > new Date();
  return owned ? "another message works at it" : undefined;
}

/** Leaves a text to a job that comes later. A time of its own keeps it from taking another place in the pace. */
export async function putOff(job: SendJob, wait: number, columns: Partial<OutboxRow>): Promise<void> {
  const notBefore = new Date(Date.now() + wait);
  const row = await changeRow<OutboxRow>(outboxKey(job.from, job.to, job.id), (now) =>
    now?.state === "placed" && now.turn === job.turn
      ? { ...columns, notBefore, turn: job.turn + 1, ownedUntil: new Date(0) }
      : undefined,
  );
  if (row?.state === "placed") await handOn(job, row);
}

async function handOn(job: SendJob, { turn, notBefore }: OutboxRow): Promise<void> {
  const wait = (notBefore?.getTime() ?? 0) - Date.now();
  await enqueue("sms-sends", { ...job, turn } satisfies SendJob, Math.max(0, wait));
}

async function isOptedOut({ from, to }: OutboxRow): Promise<boolean> {
  return (await readOptOut({ ourNumber: from, theirNumber: to }))?.state === "out";
}

async function giveUp(job: SendJob, row: OutboxRow): Promise<string> {
  await raiseUnconfirmed(job.id, row);
  await learn(job, { kind: "unknown", reason: row.reason ?? "the app was cut off while it sent it" });
  return "given up: it may have been sent";
}

/** The recipient opted out since it was placed. */
async function withhold(job: SendJob, row: OutboxRow): Promise<string> {
  if (row.maybeSent) return giveUp(job, row);
  await learn(job, { kind: "withheld", reason: "the recipient opted out" });
  return "withheld: the recipient opted out";
}

function age(since: Date | undefined): number {
  return since ? Date.now() - since.getTime() : 0;
}
