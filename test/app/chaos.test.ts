import { expect, it } from "vitest";
import { runChaos } from "../../dev/chaos/runChaos.ts";

it("loses no recording, and fetches nothing twice, whatever goes wrong", { timeout: 240_000 }, async () => {
  const said: string[] = [];
  const { failed, runs } = await runChaos({ runs: 20, seed: 1, say: (line) => said.push(line) });
  expect({ failed, runs }, said.join("\n")).toEqual({ failed: [], runs: 20 });
});
