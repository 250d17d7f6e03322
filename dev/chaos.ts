// `npm run chaos`: what can go wrong with recordings goes wrong, by chance and repeatably.
import { parseArgs } from "node:util";
import { runChaos, told } from "./chaos/runChaos.ts";

const usage = `npm run chaos -- [--only recordings] [--runs N] [--seed S] [--minutes M] [--log]

  --only ROOM   what is played; there is recordings (default)
  --runs N      how many stories (default 100)
  --seed S      seed of the first; each next has the next one (default: by the clock)
  --minutes M   begin no story after so many minutes
  --log         print what the hosts and the app say
A failure is repeated by --seed S --runs 1.`;

const { runs, seed, minutes, log } = readOptions();
const say = (line: string) => console.log(line);
const tally = await runChaos({ runs, seed, say, ...(log ? { log: say } : {}), ...(minutes ? { minutes } : {}) });
say(`\n${tally.runs} runs, ${tally.failed.length} failed, ${tally.seconds.toFixed(0)} s, ${told(tally)}`);
for (const failed of tally.failed) say(`npm run chaos -- --only recordings --runs 1 --seed ${failed}`);
process.exitCode = tally.failed.length === 0 && tally.runs > 0 ? 0 : 1;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string", default: "recordings" },
        runs: { type: "string", default: "100" },
        seed: { type: "string", default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
        minutes: { type: "string" },
        log: { type: "boolean", default: false },
      },
    });
    if (values.only !== "recordings") throw new Error("--only wants recordings.");
    const minutes = values.minutes === undefined ? undefined : numberOf("minutes", values.minutes);
    return { runs: numberOf("runs", values.runs), seed: numberOf("seed", values.seed), minutes, log: values.log };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} wants a whole number.`);
  return Number(text);
}
