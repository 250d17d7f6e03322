/**
 * The app's process: stands in for the Azure Functions Node.js worker. It loads the app, runs what the host sends over
 * the IPC channel, and dies as the real worker does: exit 1 on an uncaught exception or unhandled rejection (Node's default).
 */
import { provideCoreApi } from "./coreApi.ts";
import { invoke } from "./invoke.ts";
import { loadApp } from "./loadApp.ts";
import { moveClock } from "./movedClock.ts";
import type { FromWorker, LogRecord, ToWorker } from "./protocol.ts";

const send = (message: FromWorker) => process.send?.(message);
const sendLog = (log: LogRecord) => send({ type: "log", log });

const registry = provideCoreApi((level, category, message) => sendLog({ level, category, message }));

process.on("disconnect", () => process.exit(1));
// Ctrl-C reaches the whole terminal; the host ends the app in its own time.
process.on("SIGINT", () => {});
process.on("message", (message: ToWorker) => {
  if (message.type === "terminate") void terminate();
  else if (message.type === "clock") moveClock(message.aheadMs);
  else if (message.type === "specialize") specialize(message);
  else for (const request of message.requests) void invoke(request, registry, sendLog).then(sendResult);
});

const [aheadMs, start] = process.argv.slice(2);
if (Number(aheadMs) !== 0) moveClock(Number(aheadMs));
const specialized = Promise.withResolvers<void>();
if (start === "placeholder") await specialized.promise;

try {
  await loadApp(process.cwd());
  const { hooks, appHookData, model, functions } = registry;
  for (const hook of hooks.appStart ?? []) {
    await hook({ hookData: {}, appHookData, functionAppDirectory: process.cwd() });
  }
  const capabilities = await model?.getCapabilities?.({});
  registry.locked = true;
  // Through JSON, as the real worker sends bindings: what JSON drops never reaches the host.
  const metadata = [...functions.values()].map(({ metadata: { name, bindings } }) => ({ name, bindings }));
  send({ type: "ready", functions: JSON.parse(JSON.stringify(metadata)), httpUri: capabilities?.HttpUri });
} catch (error) {
  send({ type: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** On Flex Consumption the process is there before the app is: its whole environment and its folder come late. */
function specialize({ appDir, env }: Extract<ToWorker, { type: "specialize" }>): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(appDir);
  specialized.resolve();
}

function sendResult(result: Awaited<ReturnType<typeof invoke>>): void {
  send({ type: "result", result });
}

async function terminate(): Promise<void> {
  for (const hook of registry.hooks.appTerminate ?? []) {
    await hook({ hookData: {}, appHookData: registry.appHookData });
  }
  process.exit(0);
}
