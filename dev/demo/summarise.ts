import { families } from "../../src/events/families.ts";
import type { Stack } from "../stack/startStack.ts";
import { openStore } from "../stack/store.ts";
import type { Story } from "./story.ts";

/** The closing table: events by family, replies, recordings with size and SHA-256, quarantined. Of this story only. */
export async function summarise(story: Story, stack: Stack): Promise<string> {
  const store = openStore(stack.addresses.storageConnectionString);
  const replies = stack.acs.messages().filter(({ to }) => to === story.customer);
  const ids = [
    ...story.scenes.flatMap(({ events }) => events.map(({ id }) => id)),
    ...replies.map(({ messageId }) => messageId),
  ];
  const ofStory = (names: string[]) => names.filter((name) => ids.some((id) => name.includes(`/${id}.`)));
  const archived = ofStory(await store.names("events"));
  const quarantined = ofStory(await store.names("quarantine"));
  const manifest = await store.manifest(story.recording.recordingId);
  const rows: [string, string | number][] = [
    ...families.flatMap((family): [string, number][] => {
      const count = archived.filter((name) => name.startsWith(`${family}/`)).length;
      return count > 0 ? [[`events archived: ${family}`, count]] : [];
    }),
    ["replies sent", replies.length],
    ...(manifest?.chunks.map(({ blob, length, sha256 }): [string, string] => [
      `recording saved: ${blob}`,
      `${length} bytes, SHA-256 ${sha256}`,
    ]) ?? []),
    ["quarantined", quarantined.length],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join("\n");
}
