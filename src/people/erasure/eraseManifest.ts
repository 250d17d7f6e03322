import type { Manifest } from "../../recordings/manifest/manifest.ts";
import { manifestName } from "../../recordings/manifest/readManifest.ts";
import { writeManifest } from "../../recordings/manifest/writeManifest.ts";
import { container } from "../../storage/blobs.ts";
import { deleteOldCopies } from "../../storage/oldCopies.ts";
import { inTime } from "../../storage/onDemand.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
import { redactJson } from "./redactJsonBlob.ts";
import type { Work } from "./work.ts";

/**
 * Takes the person out of a recording's manifest, which is derived and has no tombstone of its own: what it keeps of metadata files is
 * never read from them again.
 * @param all that anybody took part in it
 */
export async function eraseManifest(work: Work, recordingId: string, all: boolean): Promise<void> {
  const name = manifestName(recordingId);
  const whole = await readWhole("recordings", name);
  if (!whole) return;
  const text = whole.content.toString("utf8");
  const was = compact(text);
  // What somebody spoilt is written anew.
  if (was === undefined) return writeManifest(recordingId);
  const redacted = redactJson(all ? withoutPeople(text) : text, work.finder.redact);
  if (JSON.stringify(JSON.parse(redacted)) !== was) {
    const recordings = await container("recordings");
    const pretty = JSON.stringify(JSON.parse(redacted), null, 2);
    const { versionId } = await recordings.getBlockBlobClient(name).upload(pretty, Buffer.byteLength(pretty), {
      conditions: { ifMatch: whole.etag },
      blobHTTPHeaders: { blobContentType: "application/json" },
      abortSignal: inTime(),
    });
    await deleteOldCopies(recordings, name, versionId);
  }
  await writeManifest(recordingId);
}

/** The text without white space; undefined for what is no JSON. */
function compact(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function withoutPeople(text: string): string {
  const { participants: _, chunks = [], ...manifest } = JSON.parse(text) as Partial<Manifest>;
  const alone = chunks.map(({ participants: __, ...chunk }) => chunk);
  return JSON.stringify({ ...manifest, participants: [], chunks: alone });
}
