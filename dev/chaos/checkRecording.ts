import { eventIdOf } from "./announce.ts";
import type { Stage } from "./stage.ts";
import { expires, type Story, type StoryChunk } from "./story.ts";

const states: Record<StoryChunk["kind"], string> = { acs: "archived", own: "registered", gone: "expired" };

/**
 * What is wrong with a recording when its story is over.
 * @param sources SHA-256 of each chunk at ACS, by documentId
 */
export async function checkRecording(
  stage: Stage,
  story: Story,
  sources: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { store } = stage;
  const { recordingId, chunks, events } = story;
  const wrong: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown) => {
    if (found !== expected) wrong.push(`${what}: ${found} instead of ${expected}`);
  };

  if ((await store.ledger("open:recording", recordingId)).length > 0) wrong.push("the recording is still open");
  const manifest = await store.manifest(recordingId);
  if (!manifest) return [...wrong, "there is no manifest"];
  expect("state of the manifest", manifest.state, expires(story) ? "incomplete" : "complete");
  expect("its chunks", listed(manifest.chunks), listed(chunks));
  expect(
    "its events",
    listed(manifest.events),
    listed(events.map((_, number) => ({ id: eventIdOf(recordingId, number) }))),
  );

  const named = new Set<string | undefined>([`${recordingId}/manifest.json`]);
  for (const { documentId, kind, bytes } of chunks) {
    const chunk = manifest.chunks.find((one) => one.documentId === documentId);
    named.add(chunk?.metadata).add(chunk?.blob);
    expect(`state of ${documentId}`, chunk?.state, states[kind]);
    if (kind !== "acs" || !chunk?.blob) continue;
    expect(`length of ${documentId}`, chunk.length, bytes);
    expect(`SHA-256 of ${documentId} in the manifest`, chunk.sha256, sources.get(documentId));
    expect(`SHA-256 of the blob of ${documentId}`, await stage.hashOf(chunk.blob), sources.get(documentId));
    expect(`metadata of ${documentId}`, chunk.metadata !== undefined, true);
  }
  for (const name of await store.names("recordings", `${recordingId}/`)) {
    if (!named.has(name)) wrong.push(`blob ${name} is not in the manifest`);
  }
  return [...wrong, ...(await checkProblems(stage, story))];
}

/** A problem for each chunk that expired, and none that the story does not call for. */
async function checkProblems(stage: Stage, story: Story): Promise<string[]> {
  const problems = await stage.newProblems();
  const allowed = new Set(expires(story) ? ["recordingExpired", "recordingLate"] : []);
  if (story.faults.some(({ fault }) => fault === "401")) allowed.add("recordingCredentials");
  const unexpected = problems.filter(({ kind }) => !allowed.has(kind));
  const reported = problems.filter(({ kind, raw }) => kind === "recordingExpired" && raw.includes(story.recordingId));
  const gone = story.chunks.filter(({ kind }) => kind === "gone").length;
  return [
    ...unexpected.map(({ kind, cause, raw }) => `problem ${kind}: ${cause} (${raw})`),
    ...(reported.length === gone ? [] : [`${gone} chunks expired, and ${reported.length} problems say so`]),
  ];
}

function listed(things: { index?: number; documentId?: string; id?: string }[]): string {
  return things
    .map(({ index, documentId, id }) => (documentId === undefined ? String(id) : `${index}=${documentId}`))
    .sort()
    .join(" ");
}
