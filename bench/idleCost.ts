import { fileURLToPath } from "node:url";
import { readHostJson } from "../dev/host/hostJson.ts";
import { parseNcrontab } from "../dev/host/ncrontab.ts";
import type { Stack } from "../dev/stack/startStack.ts";
import { kinds, type OperationCounter } from "./countOperations.ts";
import { costOf, storagePrices } from "./prices.ts";

const day = 86_400_000;

/**
 * What is asked of storage in a day in which nothing happens: by timers, each run here, and by looks at empty queues.
 * @returns rows: what, runs a day, operations a run, operations a day, dollars a day
 */
export async function idleCost({ host }: Stack, counter: OperationCounter): Promise<string[][]> {
  const rows: string[][] = [];
  let [operations, dollars] = [0, 0];
  for (const { name, schedule } of host.functions) {
    if (schedule === undefined) continue;
    // The first run does what there is to do.
    await host.runTimer(name);
    counter.take();
    await host.runTimer(name);
    const counts = counter.take();
    const asked = kinds.reduce((sum, kind) => sum + counts[kind], 0);
    const runs = runsADay(schedule);
    rows.push([`timer ${name}`, String(runs), String(asked), String(runs * asked), (runs * costOf(counts)).toFixed(4)]);
    operations += runs * asked;
    dollars += runs * costOf(counts);
  }
  const queues = host.functions.filter(({ queueName }) => queueName !== undefined).length;
  const { queues: settings } = readHostJson(fileURLToPath(new URL("..", import.meta.url)));
  const looks = Math.round(day / settings.maxPollingIntervalMs);
  const polls = (queues * looks * storagePrices.queueGet).toFixed(4);
  rows.push(["all timers", "", "", String(operations), dollars.toFixed(4)]);
  rows.push([
    `looks at ${queues} empty queues, an instance`,
    String(looks),
    String(queues),
    String(looks * queues),
    polls,
  ]);
  return rows;
}

function runsADay(schedule: string): number {
  const next = parseNcrontab(schedule);
  let runs = 0;
  for (let time = next(new Date(0)); time.getTime() <= day; time = next(time)) runs++;
  return runs;
}
