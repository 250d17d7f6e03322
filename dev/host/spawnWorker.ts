import { fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type {
  FromWorker,
  FunctionMetadata,
  InvocationRequest,
  InvocationResult,
  LogRecord,
  ToWorker,
} from "./protocol.ts";

export interface WorkerOptions {
  appDir: string;
  /** The whole environment of the process. */
  env: Record<string, string>;
  log: (line: string) => void;
  /** Starts the process without the app's environment and folder, and gives it both when it runs. */
  placeholder?: boolean | undefined;
  /** How far ahead of the real clock a process lives that is started now, in milliseconds. */
  clockAheadMs: () => number;
}

/** One process of the app, ready for invocations. */
export interface Worker {
  pid: number;
  functions: FunctionMetadata[];
  /** Where the app takes HTTP requests itself (HTTP streaming), if it does. */
  httpUri: string | undefined;
  /** Starts all at once, in one message. If the process dies, those that ran have failed; none rejects. */
  invoke(requests: InvocationRequest[]): Promise<InvocationResult>[];
  /** Holds for every invocation that is started after it. */
  moveClock(aheadMs: number): void;
  kill(): void;
  /** Lets the app's appTerminate hooks run; after 2 s the process is killed. */
  terminate(): Promise<void>;
  exited: Promise<string>;
}

/** https://learn.microsoft.com/azure/azure-functions/functions-app-settings#languageworkers__node__arguments */
function argumentsIn({ languageWorkers__node__arguments: given }: Record<string, string>): string[] {
  return given ? given.split(" ") : [];
}

const hiddenLevels = new Set(["trace", "debug"]); // as with the default log level, Information

/** Starts the app's process. @throws (rejects) if the app does not load, with the app's own error */
export async function spawnWorker({ appDir, env, log, placeholder, clockAheadMs }: WorkerOptions): Promise<Worker> {
  const start = [String(clockAheadMs()), ...(placeholder ? ["placeholder"] : [])];
  const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), start, {
    cwd: placeholder ? tmpdir() : appDir,
    // Compiled once for all that start it on this machine, as Azurite is.
    env: { ...(placeholder ? {} : env), NODE_COMPILE_CACHE: join(tmpdir(), "acs-events-compile-cache") },
    execArgv: argumentsIn(env),
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", (line) => log(`app: ${line}`));
  }
  const pending = new Map<string, { functionName: string; resolve: (result: InvocationResult) => void }>();
  let end: (reason: string) => void = () => {};
  const exited = new Promise<string>((resolve) => {
    end = resolve;
  });
  child.on("error", (error) => end(error.message));
  child.on("exit", (code, signal) => end(`the app process ended (${signal ?? `exit code ${code}`})`));
  void exited.then((reason) => {
    for (const [invocationId, { resolve }] of pending) resolve({ invocationId, outputs: [], error: reason });
    pending.clear();
  });

  function writeLog({ level, category, message, invocationId }: LogRecord): void {
    const invocation = pending.get(invocationId ?? "");
    // The real host drops what a function logs after its end.
    if (hiddenLevels.has(level) || (category === "user" && !invocation)) return;
    log(`${invocation?.functionName ?? "host"}${level === "information" ? "" : ` ${level}`}: ${message}`);
  }

  const ready = new Promise<Pick<Worker, "functions" | "httpUri">>((resolve, reject) => {
    void exited.then((reason) => reject(new Error(`${reason} before the app was loaded`)));
    child.on("message", (message: FromWorker) => {
      if (message.type === "log") writeLog(message.log);
      else if (message.type === "ready") resolve({ functions: message.functions, httpUri: message.httpUri });
      else if (message.type === "failed") reject(new Error(`The app does not load: ${message.message}`));
      else {
        const { invocationId } = message.result;
        pending.get(invocationId)?.resolve(message.result);
        pending.delete(invocationId);
      }
    });
  });
  const send = (message: ToWorker) => child.send(message, () => {}); // a closed channel shows as exit
  if (placeholder) send({ type: "specialize", appDir, env });

  try {
    return {
      ...(await ready),
      pid: child.pid ?? 0,
      exited,
      moveClock: (aheadMs) => send({ type: "clock", aheadMs }),
      kill: () => child.kill("SIGKILL"),
      invoke(requests) {
        if (child.exitCode !== null || child.signalCode !== null) {
          return requests.map(async ({ invocationId }) => ({ invocationId, outputs: [], error: await exited }));
        }
        const results = requests.map(
          ({ invocationId, functionName }) =>
            new Promise<InvocationResult>((resolve) => pending.set(invocationId, { functionName, resolve })),
        );
        send({ type: "invoke", requests });
        return results;
      },
      async terminate() {
        const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
        send({ type: "terminate" });
        await exited;
        clearTimeout(timer);
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null && child.pid) await once(child, "exit");
    throw error;
  }
}
