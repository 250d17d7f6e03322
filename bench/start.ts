import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnWorker } from "../dev/host/spawnWorker.ts";
import { interleave, quantile } from "./interleave.ts";
import { printTable } from "./printTable.ts";

const rounds = 15;
/** Of the time that an app with one empty function takes. */
const goal = 1.3;

const repository = fileURLToPath(new URL("..", import.meta.url));

/** From the start of a process to the app's functions being registered, relative to an app with one empty function. */
export async function start(): Promise<string[]> {
  const empty = await emptyApp();
  try {
    const started = (appDir: string, env: Record<string, string>) => async () => {
      const options = { appDir, log: () => {}, clockAheadMs: () => 0 };
      const worker = await spawnWorker({ ...options, env: { PATH: process.env.PATH ?? "", ...env } });
      worker.kill();
      await worker.exited;
    };
    // An instance in Azure is new: nobody compiled the app before it.
    const fresh = { NODE_DISABLE_COMPILE_CACHE: "1" };
    const [one, all] = ["one empty function", "this app"];
    const ways: Record<string, () => Promise<void>> = {
      [one]: started(empty, fresh),
      [all]: started(repository, fresh),
      [`${one}, compiled before`]: started(empty, {}),
      [`${all}, compiled before`]: started(repository, {}),
    };
    await interleave(ways, 1);
    const times = await interleave(ways, rounds);
    const median = (way: string) => quantile(times[way] ?? []);
    const base = (way: string) => median(way.replace(all, one));
    const rows = Object.keys(ways).map((way) => {
      return [way, median(way).toFixed(0), (median(way) / base(way)).toFixed(2)];
    });
    printTable(["from process start to functions registered", "ms", "of the empty app"], rows);
    const share = median(all) / median(one);
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
