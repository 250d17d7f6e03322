import type { App } from "./startApp.ts";

/** What is left when all is done, without what differs from run to run: times of arrival, and the ids that ACS gives. */
export async function endState({ store, acs }: App) {
  const archive = (await store.names("events")).filter((name) => !name.includes("/SMSDeliveryReportReceived/"));
  const archived = archive.map(async (name) => [name, await store.read("events", name)] as const);
  const rows = (await store.rows("timeline")).filter(({ type }) => type !== "SMSDeliveryReportReceived");
  const recordings = (await store.names("recordings")).filter((name) => !name.endsWith("/manifest.json"));
  const ids = new Set(recordings.map((name) => name.split("/")[0] ?? ""));
  return {
    archive: Object.fromEntries(await Promise.all(archived)),
    timeline: rows.map(({ type, ...row }) => entryOf(row, type === "SmsPlaced")).sort(),
    replies: acs
      .messages()
      .map(({ from, to, message }) => `${from} ${to} ${message}`)
      .sort(),
    ledger: (await store.ledger())
      .filter(({ partitionKey }) => !partitionKey.startsWith("sentText"))
      .map(({ rowKey, state }) => `${rowKey} ${state}`)
      .sort(),
    recordings,
    manifests: await Promise.all([...ids].map(async (id) => timeless(await store.manifest(id)))),
    problems: (await store.problems()).map(({ cause }) => cause),
  };
}

function timeless<T extends Awaited<ReturnType<App["store"]["manifest"]>>>(manifest: T) {
  return manifest && { ...manifest, chunks: manifest.chunks.map(({ archivedAt: _, ...chunk }) => chunk) };
}

function entryOf({ partitionKey, rowKey }: { partitionKey: string; rowKey: string }, timed: boolean): string {
  if (timed || partitionKey.startsWith("conversations:")) return `${partitionKey} ${rowKey.split("_")[1]}`;
  if (!partitionKey.startsWith("arrived:")) return `${partitionKey} ${rowKey}`;
  return `${partitionKey.replace(/:\d{4}-\d\d-\d\d:/, ":")} ${rowKey.split("_")[1]}`;
}
