import { isDeepStrictEqual } from "node:util";
import type { Stack } from "../stack/startStack.ts";
import { openStore } from "../stack/store.ts";
import type { Story } from "./story.ts";

/** What the story expects in storage and at the simulator, and is not there; one line each. */
export async function findMissing(story: Story, stack: Stack): Promise<string[]> {
  const store = openStore(stack.addresses.storageConnectionString);
  const missing: string[] = [];
  const expect = (there: boolean, what: string) => {
    if (!there) missing.push(what);
  };

  for (const { events, refused = false } of story.scenes) {
    for (const event of events) {
      const name = event.eventType.replace("Microsoft.Communication.", "");
      const archived = await store.archived(event.id);
      const quarantined = await store.quarantined(event.id);
      if (refused) {
        expect(archived.length === 0, `${name} not archived`);
        expect((quarantined[0]?.reasons.length ?? 0) > 0, `${name} in quarantine with reasons`);
      } else {
        expect(archived.length === 1, `${name} archived once (found ${archived.length} times)`);
        expect(isDeepStrictEqual(archived[0]?.data, event.data), `${name} archived as it was sent`);
        expect(quarantined.length === 0, `${name} not in quarantine`);
      }
    }
  }

  const texts = story.scenes.flatMap(({ events, refused }) =>
    refused ? [] : events.filter(({ eventType }) => eventType.endsWith("SMSReceived")),
  );
  const replies = stack.acs.messages().filter(({ from, to }) => from === story.ourNumber && to === story.customer);
  expect(replies.length === texts.length, `${texts.length} replies to ${texts.length} texts (found ${replies.length})`);
  for (const { messageId } of replies) {
    expect((await store.archived(messageId)).length === 1, `the delivery report of reply ${messageId} archived`);
  }

  const manifest = await store.manifest(story.recording.recordingId);
  for (const { documentId, sha256 } of story.recording.chunks) {
    const chunk = manifest?.chunks.find((saved) => saved.documentId === documentId);
    expect(chunk?.sha256 === sha256, `chunk ${documentId} of the recording saved with SHA-256 ${sha256}`);
  }
  return missing;
}
