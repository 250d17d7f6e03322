import { expect, it } from "vitest";
import { problemKinds } from "../../src/storage/problemKinds.ts";
import { readText } from "../support/repository.ts";

it("docs/problems.md tells of every kind of problem, and of no other", () => {
  const [, kinds = ""] = readText("docs/problems.md").split("## Kinds");
  const told = [...kinds.matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind);
  expect(told.sort()).toEqual(problemKinds.toSorted());
});
