// `npm run send`: publishes an event to the running local stack.
import { readFile } from "node:fs/promises";
import { composeEvent } from "./send/composeEvent.ts";
import { type Arguments, readArguments } from "./send/readArguments.ts";

const usage = `npm run send -- TYPE [--data.MEMBER VALUE]… [--subject S] [--id ID] [--topic T] [--eventTime TIME] [--schema cloudEvents]
npm run send -- --file FILE

  TYPE             SMSReceived, CallStarted, …
  --data.x.y V     sets a member of data: text where the type asks for text, else JSON if V is JSON
  --file FILE      posts the file as it is: one event or an array, in either schema
  --to URL         an Event Grid simulator, or a function's webhook; default: the stack that npm start runs here.
                   With a path it is used as it stands: http://127.0.0.1:PORT/api/events?duplicates=3&subscription=smsEvents`;

const stackFile = new URL("../.local/stack.json", import.meta.url);

try {
  await send(readArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${usage}`);
  else console.error("npm run send without arguments shows its usage.");
  process.exitCode = 1;
}

async function send({ to, what }: Arguments): Promise<void> {
  const body = "file" in what ? await readFile(what.file, "utf8") : JSON.stringify(composeEvent(what.wish));
  const url = new URL(to ?? (await runningEventGrid()));
  if (url.pathname === "/") url.pathname = "/api/events";
  const response = await fetch(url, {
    method: "POST",
    // The header is for a function's webhook; the simulator has no need of it.
    headers: { "content-type": "application/json", "aeg-event-type": "Notification" },
    body,
  }).catch(() => {
    throw new Error(`Nobody answers at ${url.origin}. Start the stack with: npm start`);
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url.origin} answered ${response.status}: ${messageOf(text)}`);
  console.log(`${idsOf(body).join("\n")}\n→ ${url.origin}${url.pathname}: ${response.status} ${destinationOf(text)}`);
}

async function runningEventGrid(): Promise<string> {
  const text = await readFile(stackFile, "utf8").catch(() => {
    throw new Error("No stack is running here. Start it with npm start, or name an address with --to.");
  });
  return JSON.parse(text).eventGrid;
}

function idsOf(body: string): string[] {
  return [JSON.parse(body)]
    .flat()
    .map((event) => `${event?.eventType ?? event?.type ?? "event without type"} ${event?.id ?? "without id"}`);
}

function destinationOf(text: string): string {
  if (text === "") return "";
  const names = Object.keys(JSON.parse(text).deliveries ?? {});
  return names.length > 0 ? `for ${names.join(", ")}` : "but no subscription's filter lets it through";
}

function messageOf(text: string): string {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text;
  }
}
