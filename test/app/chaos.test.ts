// A few stories, always the same: `npm run chaos` plays more (docs/chaos.md).
import { expect, it } from "vitest";
import { runChaos } from "../../dev/chaos/runChaos.ts";

// Three in a row that meet 20 of the 32 kinds of trouble: kills, chunks that are gone and purges among them.
const seed = 39_577;
const stories = 3;

it("loses no recording, and fetches nothing twice, whatever goes wrong", { timeout: 400_000 }, async () => {
  const said: string[] = [];
  const { failed, runs } = await runChaos({ runs: stories, seed, say: (line) => said.push(line) });
  expect({ failed, runs }, said.join("\n")).toEqual({ failed: [], runs: stories });
});
