import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { inRepository, readText, sourceFiles } from "../support/repository.ts";

it("has generated files that are what their sources say", () => {
  const { scripts } = JSON.parse(readText("package.json"));
  expect(scripts.generate).toBe("node scripts/generate.ts");
  const check = spawnSync(process.execPath, ["scripts/generate.ts", "--check"], {
    cwd: inRepository(""),
    encoding: "utf8",
  });
  expect(check).toMatchObject({ stderr: "", status: 0 });
});

it("compiles no schema at run time: nothing in src imports ajv or typebox's compiler", () => {
  const compilers = /from "(ajv[^"]*|typebox\/(compile|schema)[^"]*)"/;
  expect(sourceFiles("src").filter((path) => compilers.test(readText(path)))).toEqual([]);
});
