// Format vcon: each conversation that a slice touched, whole, in the place of the one before.
import { resolveRecording } from "../../recordings/resolveRecording.ts";
import { container } from "../../storage/blobs.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { callIds, type Folding } from "../archive/writeRecords.ts";
import { openSpool } from "../disk/spool.ts";
import { callOfRecording, readCallRecord } from "../records/callRecord.ts";
import { sentText } from "../records/messages.ts";
import { exportRecording, foldRecording } from "../records/recordingRecord.ts";
import type { VconLine } from "../schemas/vconLine.ts";
import { type Exported, vconOfCall } from "./vconOfCall.ts";
import { vconOfTexts } from "./vconOfTexts.ts";
import { vconOfThread } from "./vconOfThread.ts";

/** Conversations that are written at once. */
const atOnce = 4;

export async function writeVcons(folding: Folding, mediaUrl: string | undefined): Promise<void> {
  const { root, work, now, files, touched } = folding;
  const recordings = await container("recordings");
  const { protocol, hostname } = new URL(recordings.url);
  const host = /[a-z]/i.test(hostname) ? hostname : `${recordings.accountName}.localhost`;
  const urlOf = (path: string) => {
    if (mediaUrl !== undefined) return mediaUrl + path;
    return protocol === "https:" ? `${recordings.url}/${path.replace("media/", "")}` : undefined;
  };
  const written = async (line: VconLine) => files.writeLine("vcons", JSON.stringify(line));
  const exported = async (id: string): Promise<Exported | undefined> => {
    const manifest = await foldRecording(id);
    if (!manifest) return undefined;
    const record = await exportRecording(root, manifest, (what) => {
      files.count(typeof what === "string" ? `${what}Files` : "files");
    });
    return { manifest, record };
  };

  const alone = await openSpool<string>(`${work}/alone`);
  for await (const [id] of touched.recordings.all()) {
    const recordingId = await resolveRecording(id);
    const name = await callOfRecording(recordingId);
    if (name) await touched.calls.put(name, name);
    else await alone.put(recordingId, recordingId);
  }
  for await (const [id] of alone.all()) {
    const one = await exported(id);
    const conversation = `recording:${id}`;
    if (one) await written(await vconOfCall({ root, host, conversation, folded: undefined, recordings: [one], urlOf }));
  }
  for await (const id of callIds(folding)) {
    const folded = await readCallRecord(id, now);
    if (!folded) continue;
    const found = await Promise.all(folded.recordings.map(({ recordingId }) => exported(recordingId)));
    const known = found.filter((one) => one !== undefined);
    await written(await vconOfCall({ root, host, conversation: `call:${id}`, folded, recordings: known, urlOf }));
  }
  const threads = inFlight(touched.threads.all(), atOnce, ([threadId]) => vconOfThread(root, host, threadId));
  for await (const line of threads) await written(line);
  const texts = inFlight(touched.texts.all(), atOnce, ([, ends]) => vconOfTexts(root, host, ends));
  for await (const line of texts) await written(line);
  await noteOpen(folding);
}

async function noteOpen({ touched, open }: Folding): Promise<void> {
  for await (const [, told] of touched.messages.all()) {
    const sent = "sent" in told ? await sentText(told.sent) : undefined;
    if (sent?.open && "sent" in told) await open.note({ ...told.sent, state: sent.state ?? "", at: sent.at ?? "" });
  }
}
