import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { generateValidators, validatorsFile } from "../../scripts/generateValidators.ts";

it("has validators that are what the definitions say", async () => {
  const fresh = (await generateValidators()) === (await readFile(validatorsFile, "utf8"));
  expect(fresh, 'run "npm run generate"').toBe(true);
});
