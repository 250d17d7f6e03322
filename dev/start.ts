// `npm start`: the local stack in one terminal, and the demo story on it.
import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { settings } from "../src/config.ts";
import { playStory } from "./demo/playStory.ts";
import { tell } from "./demo/tell.ts";
import { endsWithParent } from "./stack/endsWithParent.ts";
import { type Stack, type StackOptions, startStack } from "./stack/startStack.ts";

const usage = `npm start -- [--once] [--no-demo] [--json] [--port N] [--data DIR] [--auth KEY] [--delay-scale F]

  --once           play the demo story and exit: 0 if all that it expects happened, else 1
  --no-demo        only start the stack
  --json           print one line of JSON with the addresses when ready, and nothing else
  --port N         port of the Functions host (default 7071); Event Grid and ACS get the next two; 0 = any free ports
  --data DIR       folder of the storage account's data (default .local/data)
  --auth KEY       check keys, with KEY as the master key
  --delay-scale F  factor for the delays of queues and of Event Grid's retries (default 0.1; 1 = Azure's pace)
Settings of the app (docs/settings.md) are taken from the environment.`;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    once: { type: "boolean", default: false },
    demo: { type: "boolean", default: true },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    port: { type: "string", default: "7071" },
    data: { type: "string", default: ".local/data" },
    auth: { type: "string" },
    "delay-scale": { type: "string", default: "0.1" },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const say = values.json ? () => {} : (line: string) => console.log(line);
say("Starting Azurite, the ACS simulator, the Functions host and the Event Grid simulator …");
await Promise.all([".local", values.data].map((folder) => mkdir(folder, { recursive: true })));
const stack = await startOrAdvise({
  port: Number(values.port),
  data: values.data,
  delayScale: Number(values["delay-scale"]),
  settings: settingsOf(process.env),
  ...(values.auth === undefined ? {} : { auth: values.auth }),
  log: (line) => say(tell(line)),
});
await writeFile(".local/stack.json", JSON.stringify(stack.addresses));

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // Everything must be gone 5 s after a SIGTERM, whatever hangs.
  setTimeout(() => process.exit(code), 4_000).unref();
  await stack.close();
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
endsWithParent(() => void end(0));

if (values.json) console.log(JSON.stringify(stack.addresses));
if (values.demo) {
  const missing = await playStory(stack, say);
  if (values.once) await end(missing.length === 0 ? 0 : 1);
}
say(`
Functions host   ${stack.addresses.host}/api/health
Event Grid       ${stack.addresses.eventGrid}/api/events      npm run send -- SMSReceived --data.from +14255550123 --data.message hours
ACS simulator    ${stack.addresses.acs}/simulator/messages
Storage          ${stack.addresses.storageConnectionString}
Data             ${values.data}
Ctrl-C ends all of it.`);

async function startOrAdvise(options: StackOptions): Promise<Stack> {
  try {
    return await startStack(options);
  } catch (error) {
    const { code, port } = error as { code?: string; port?: number };
    if (code !== "EADDRINUSE") throw error;
    console.error(
      `Port ${port} is taken, perhaps by another stack. Choose another with --port N, or --port 0 for any.`,
    );
    process.exit(1);
  }
}

/** The app's own settings in the environment; where storage and ACS are is the stack's to say. */
function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = Object.keys(settings).filter(
    (name) => !/^(AzureWebJobsStorage|ACS_(CONNECTION|ENDPOINT|SIMULATOR))/.test(name),
  );
  return Object.fromEntries(ours.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
