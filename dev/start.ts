// `npm start`: the local stack in one terminal, and the demo story on it.
import { mkdir, writeFile } from "node:fs/promises";
import { settings } from "../src/config.ts";
import { playStory } from "./demo/playStory.ts";
import { tell } from "./demo/tell.ts";
import { readOptions } from "./readOptions.ts";
import { endsWithParent } from "./stack/endsWithParent.ts";
import { type Stack, type StackOptions, startStack } from "./stack/startStack.ts";

const values = readOptions();

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
    const { code, port, message } = error as Error & { code?: string; port?: number };
    const taken = `Port ${port} is taken, perhaps by another stack. Choose another with --port N, or --port 0 for any.`;
    console.error(code === "EADDRINUSE" ? taken : message);
    process.exit(1);
  }
}

/** The app's own settings in the environment; where storage and ACS are is the stack's to say. */
function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = Object.keys(settings).filter((name) => !/^(AzureWebJobsStorage|ACS_|DELAY_SCALE$)/.test(name));
  return Object.fromEntries(ours.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
