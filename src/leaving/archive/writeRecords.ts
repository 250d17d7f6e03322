// Format jsonl: what a slice touched, as records, a line each.

import { readThread } from "../../calls/threads/readThread.ts";
import { resolveRecording } from "../../recordings/resolveRecording.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { openSpool } from "../disk/spool.ts";
import { callIdOf, callOf, callOfRecording, participantsOfCall, readCallRecord } from "../records/callRecord.ts";
import { chatMessage, sentText } from "../records/messages.ts";
import { participantsOfThread } from "../records/participantsOfThread.ts";
import { exportRecording, foldRecording } from "../records/recordingRecord.ts";
import type { ToldMessage, Touched } from "../records/touched.ts";
import type { Message } from "../schemas/message.ts";
import type { OpenText, OpenTexts } from "./openTexts.ts";
import type { SliceFiles } from "./sliceFiles.ts";

/** Things that are folded at once. */
const atOnce = 8;

export interface Folding {
  /** Folder of the export. */
  root: string;
  /** Folder for what is thrown away after the slice. */
  work: string;
  /** Milliseconds since 1970. */
  now: number;
  files: SliceFiles;
  touched: Touched;
  /** Texts of ours whose end is not known yet are noted here. */
  open: Pick<OpenTexts, "note">;
}

export async function writeRecords(folding: Folding): Promise<void> {
  const { files, touched, now, open } = folding;
  for await (const told of inFlight(touched.messages.all(), atOnce, ([, value]) => messageOf(value))) {
    if (!told) continue;
    const { message, openText } = told;
    await files.writeLine("messages", JSON.stringify(message));
    if (openText) await open.note(openText);
  }
  for await (const [, report] of touched.reports.all())
    await files.writeLine("deliveryReports", JSON.stringify(report));
  await writeRecordings(folding);
  for await (const call of inFlight(
    callIds(folding),
    atOnce,
    async (id) => [id, await readCallRecord(id, now)] as const,
  )) {
    const [id, folded] = call;
    if (!folded) continue;
    await files.writeLine("calls", JSON.stringify(callOf(id, folded)));
    await files.writeLine("participants", JSON.stringify(participantsOfCall(id, folded)));
  }
  const threads = inFlight(touched.threads.all(), atOnce, async ([id]) =>
    participantsOfThread(id, await readThread(id)),
  );
  for await (const thread of threads) await files.writeLine("participants", JSON.stringify(thread));
}

async function messageOf(told: ToldMessage): Promise<{ message: Message; openText?: OpenText } | undefined> {
  if ("whole" in told) return { message: told.whole };
  if ("chat" in told) {
    const message = await chatMessage(told.chat.threadId, told.chat.key);
    return message && { message };
  }
  const sent = await sentText(told.sent);
  if (!sent) return undefined;
  const { open, ...message } = sent;
  return { message, ...(open && { openText: { ...told.sent, state: message.state ?? "", at: message.at ?? "" } }) };
}

async function writeRecordings({ root, work, files, touched }: Folding): Promise<void> {
  const ids = await openSpool<string>(`${work}/recordingIds`);
  for await (const [id] of touched.recordings.all()) {
    const recordingId = await resolveRecording(id);
    await ids.put(recordingId, recordingId);
  }
  for await (const [id] of ids.all()) {
    const manifest = await foldRecording(id);
    if (!manifest) continue;
    const record = await exportRecording(root, manifest, (what) => {
      files.count(typeof what === "string" ? `${what}Files` : "files");
    });
    await files.writeLine("recordings", JSON.stringify(record));
    const name = await callOfRecording(id);
    if (name) await touched.calls.put(name, name);
  }
}

/** Each call once, by whatever names events know it. */
export async function* callIds({ work, touched }: Pick<Folding, "work" | "touched">): AsyncGenerator<string> {
  const ids = await openSpool<string>(`${work}/callIds`);
  for await (const id of inFlight(touched.calls.all(), atOnce, ([, name]) => callIdOf(name))) {
    if (id !== undefined) await ids.put(id, id);
  }
  for await (const [id] of ids.all()) yield id;
}
