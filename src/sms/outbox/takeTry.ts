import { setting, settingOrDefault } from "../../config.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { read } from "../../storage/ledger.ts";
import { readOptOut } from "../optOut/readOptOut.ts";
import { end, endFailed } from "./endings.ts";
import { handOn, putOff, soon } from "./putOff.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import { heldUntil, takeSlot } from "./takeSlot.ts";
import type { TextTurn } from "./textTurn.ts";

/** How long a try belongs to the queue message that began it, in milliseconds: more than a try can take. */
const tryTime = 300_000;

/**
 * Takes a try to send a text for a queue message: it is marked as maybe sent before it is.
 * @returns the row, and whether it may have been sent before; or why there is nothing to do, in words for the log
 */
export async function takeTry(job: TextTurn, message: string): Promise<{ row: OutboxRow; before: boolean } | string> {
  const key = outboxKey(job.from, job.to, job.outboxId);
  const row = (await read<OutboxRow>(key))?.row;
  const idle = whyNot(row, job, message);
  if (row && idle === "handed on") await handOn(job, row);
  if (!row || idle) return idle ?? "no such text";
  const over = (await whyNoMore(row)) ?? (await wait(job, row));
  if (typeof over === "string") return over;
  if (over) return over.late ? endFailed(job, row, over.reason) : end(job, row, over.reason);

  let before = row.maybeSent;
  const taken = await changeRow<OutboxRow>(key, (now) => {
    if (whyNot(now, job, message)) return undefined;
    before = now?.maybeSent ?? false;
    const sendingSince = (before && now?.sendingSince) || new Date();
    return { owner: message, ownedUntil: new Date(Date.now() + tryTime), maybeSent: true, sendingSince };
  });
  return taken && !whyNot(taken, job, message) ? { row: taken, before } : "another message was faster";
}

/** Why a queue message has nothing to do with a text; undefined when it has. */
function whyNot(row: OutboxRow | undefined, job: TextTurn, message: string): string | undefined {
  if (!row) return "no such text";
  if (row.state !== "placed") return `already ${row.state}`;
  // The job was cut off after it gave up its turn; whether the next one was put on the queue is not known.
  if (row.turn === job.turn + 1) return "handed on";
  if (row.turn !== job.turn) return "another job's turn";
  const owned = row.owner !== undefined && row.owner !== message && (row.ownedUntil ?? 0) > new Date();
  return owned ? "another message works at it" : undefined;
}

/** Why a text is not sent any more, though it was placed. */
async function whyNoMore(row: OutboxRow): Promise<{ reason: string; late?: boolean } | undefined> {
  const tooLong = row.maybeSent && ageOf(row.sendingSince) > settingOrDefault("REPLY_UNCERTAIN_AFTER");
  if (tooLong) return { reason: row.lastFailure ?? "the app was cut off while it sent it" };
  if (!isStopReply(row) && (await isOptedOut(row))) return { reason: "the recipient opted out" };
  if (row.by === "hand") return undefined;
  if (!setting("AUTO_REPLY")) return { reason: "AUTO_REPLY is off" };
  // A throttled text is sent later, never dropped.
  const late = !row.throttled && !row.maybeSent && ageOf(row.placedAt) > settingOrDefault("AUTO_REPLY_MAX_AGE_MINUTES");
  return late ? { reason: "it could not be sent in time", late } : undefined;
}

/** Puts the text off when its time has not come. @returns words for the log, or undefined when it is now */
async function wait(job: TextTurn, row: OutboxRow): Promise<string | undefined> {
  if (row.notBefore && row.notBefore.getTime() - Date.now() > soon) {
    await handOn(job, row);
    return "not yet due";
  }
  const held = (await heldUntil(row.from)).getTime() - Date.now();
  if (held > soon) {
    await putOff(job, held, { hasSlot: false });
    return "ACS wants less of this sender: later";
  }
  if (row.hasSlot) return undefined;
  const slot = (await takeSlot(row.from)).getTime() - Date.now();
  if (slot <= soon) return undefined;
  await putOff(job, slot, { hasSlot: true });
  return "waits for its place in the pace of the number";
}

/** The one answer that goes to somebody who opted out. */
function isStopReply({ by, rule }: OutboxRow): boolean {
  return by === "optOut" && rule === "stop";
}

async function isOptedOut({ from, to }: OutboxRow): Promise<boolean> {
  return (await readOptOut({ ourNumber: from, theirNumber: to }))?.state === "out";
}

function ageOf(since: Date | undefined): number {
  return since ? Date.now() - since.getTime() : 0;
}
