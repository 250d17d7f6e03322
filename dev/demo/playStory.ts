import type { Stack } from "../stack/startStack.ts";
import { findMissing } from "./findMissing.ts";
import { writeStory } from "./story.ts";
import { summarise } from "./summarise.ts";

/**
 * Plays the demo story on a running stack and says what happens, as it happens.
 * @returns what the story expects and did not find; empty when everything happened
 */
export async function playStory(stack: Stack, say: (line: string) => void): Promise<string[]> {
  const story = await writeStory(stack.acs);
  for (const { title, events, copies = 1 } of story.scenes) {
    say(`\n${title}`);
    for (const event of events) say(`  in   ${event.eventType.replace("Microsoft.Communication.", "")}`);
    await stack.eventGrid.publish(events, { duplicates: copies });
    await stack.idle();
  }
  const missing = await findMissing(story, stack);
  say(`\n${await summarise(story, stack)}`);
  for (const line of missing) say(`MISSING  ${line}`);
  say(
    missing.length === 0
      ? "Everything the story expects happened."
      : `${missing.length} expected things did not happen.`,
  );
  return missing;
}
