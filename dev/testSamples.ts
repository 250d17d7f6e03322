// `npm run test:samples DIR`: posts every sample payload of a folder to the webhooks of a fresh stack, as Event Grid would, and
// shows that each event is answered 202, archived once with equal data, typed, and indexed under the entities it names.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { accept } from "../src/events/accept.ts";
import type { AcsEvent } from "../src/events/acsEvent.ts";
import { archiveName } from "../src/storage/archive.ts";
import { postEvents } from "./stack/postEvents.ts";
import { startStack } from "./stack/startStack.ts";
import { openStore } from "./stack/store.ts";

const folder = process.argv[2];
if (!folder) {
  console.error("Name the folder of samples: npm run test:samples -- ../shared/events/samples");
  process.exit(2);
}

// Texts are not answered here: what is tested is the way in.
const stack = await startStack({ settings: { AUTO_REPLY: "off" }, delayScale: 0.001 });
const store = openStore(stack.addresses.storageConnectionString);
let passed = 0;
const failed: string[] = [];
try {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  for (const file of files) {
    const events = eventsOf(JSON.parse(await readFile(join(folder, file), "utf8")));
    const problems = (await Promise.all(events.map(problemsOf))).flat();
    if (problems.length === 0) passed++;
    else failed.push(...problems.map((problem) => `${file}: ${problem}`));
    console.log(`${problems.length === 0 ? "ok  " : "FAIL"}  ${file}  ${events.length} event(s)`);
  }
} finally {
  await stack.close();
}
for (const line of failed) console.log(line);
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;

function eventsOf(sample: unknown): unknown[] {
  return Array.isArray(sample) ? sample : [sample];
}

/** What is not as it should be with one event, after it was posted to its family's webhook. */
async function problemsOf(raw: unknown): Promise<string[]> {
  let event: AcsEvent;
  try {
    event = accept(raw);
  } catch (error) {
    return [`refused: ${JSON.stringify(error)}`];
  }
  const problems: string[] = [];
  const status = await postEvents(stack.host.webhookUrl(`${event.family}Events`), [raw]);
  if (status !== 202) problems.push(`answered ${status}`);
  const blobs = (await store.names("events", `${event.family}/${event.name}/`)).filter(
    (name) => name === archiveName(event),
  );
  if (blobs.length !== 1) problems.push(`archived ${blobs.length} times`);
  for (const blob of blobs) {
    if (!isDeepStrictEqual(await store.read("events", blob), raw)) problems.push("archived differently");
  }
  if (event.entities.length === 0) problems.push("names no entity");
  for (const entity of event.entities) {
    const rows = (await store.timeline(entity)).filter(({ rowKey }) => rowKey.endsWith(event.identity));
    if (rows.length !== 1 || rows[0]?.type !== event.name)
      problems.push(`indexed ${rows.length} times under ${entity}`);
  }
  return problems;
}
