import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnWorker } from "../dev/host/spawnWorker.ts";
import { interleave, quantile } from "./interleave.ts";
import { printTable } from "./printTable.ts";

const rounds = 21;
/** Of the time that an app with one empty function takes. */
const goal = 1.3;

const repository = fileURLToPath(new URL("..", import.meta.url));

/** From the start of a process to the app's functions being registered, relative to an app with one empty function. */
export async function start(): Promise<string[]> {
  const empty = await emptyApp();
  try {
    const started = (appDir: string) => async () => {
      // An instance in Azure is new: nobody compiled the app before it.
      const env = { PATH: process.env.PATH ?? "", NODE_DISABLE_COMPILE_CACHE: "1" };
      const worker = await spawnWorker({ appDir, env, log: () => {}, clockAheadMs: () => 0 });
      worker.kill();
      await worker.exited;
    };
    const ways = { empty: started(empty), app: started(repository) };
    await interleave(ways, 1);
    const times = await interleave(ways, rounds);
    const [base, app] = [quantile(times.empty), quantile(times.app)];
    // Pair by pair, as a busy machine changes between them.
    const share = quantile(times.app.map((time, round) => time / (times.empty[round] ?? Number.NaN)));
    const rows = [
      ["one empty function", base.toFixed(0), "1.00"],
      ["this app", app.toFixed(0), share.toFixed(2)],
    ];
    printTable(["from process start to functions registered", "ms", "of the empty app"], rows);
    console.log(`  goal: at most ${goal.toFixed(2)} of the empty app; it is ${share.toFixed(2)}`);
    return share <= goal ? [] : [`the start takes ${share.toFixed(2)} of that of an empty app`];
  } finally {
    await rm(empty, { recursive: true });
  }
}

async function emptyApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "acs-events-empty-"));
  await mkdir(join(folder, "dist"));
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module", main: "dist/*.js" }));
  await writeFile(
    join(folder, "dist", "empty.js"),
    'import { app } from "@azure/functions";\napp.eventGrid("empty", { handler: () => {} });\n',
  );
  return folder;
}
