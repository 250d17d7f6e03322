// The deployment package is what runs: made by its script into an empty folder, and started there as Flex Consumption does, on a disk
// that cannot be written, with the packages that it brings and no others.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { externals } from "../../scripts/externals.ts";
import { lockFor } from "../../scripts/lockFor.ts";
import { sizeOf } from "../../scripts/sizeOf.ts";
import { families } from "../../src/events/families.ts";
import { eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { functions } from "../support/functionNames.ts";
import { inRepository, readText } from "../support/repository.ts";
import { type App, startApp } from "../support/startApp.ts";

/** Outside the repository: what the package lacks, Node.js must not find on the way up. */
const root = mkdtempSync(join(tmpdir(), "acs-events-package-"));
const [folder, temporary] = [join(root, "package"), join(root, "tmp")];
const logged: string[] = [];
let said: string;
let before: string[];
let app: App;

beforeAll(async () => {
  mkdirSync(temporary);
  said = execFileSync(process.execPath, [inRepository("scripts/package.ts"), folder], { encoding: "utf8" });
  execFileSync("chmod", ["-R", "a-w", folder]);
  before = stateOf(folder);
  const settings = {
    TMPDIR: temporary,
    // Root could write all the same, but for this.
    languageWorkers__node__arguments: `--permission --allow-fs-read=* --allow-fs-write=${temporary}`,
    // With its identity: there is none here, but what it takes to ask for it must be in the package.
    ACS_CONNECTION_STRING: "",
    ACS_ENDPOINT: "https://contoso.communication.azure.com",
  };
  app = await startApp(settings, { appDir: folder, placeholder: true, log: (line) => logged.push(line) });
});
afterAll(async () => {
  await app?.close();
  execFileSync("chmod", ["-R", "u+w", root]);
  rmSync(root, { recursive: true });
});

describe("the package", () => {
  it("holds what the Functions worker loads, and nothing else", () => {
    expect(readdirSync(folder).sort()).toEqual([
      "dist",
      "host.json",
      "node_modules",
      "package-lock.json",
      "package.json",
    ]);
    expect(readText("host.json")).toBe(readFileSync(join(folder, "host.json"), "utf8"));
  });

  it("says how large it is, and is at most 20 MB", () => {
    const { bytes, files } = sizeOf(folder);
    expect(said).toBe(`${folder}: ${(bytes / 1_000_000).toFixed(1)} MB in ${files} files\n`);
    expect(bytes).toBeLessThan(20_000_000);
  });

  it("has the packages that are not in the bundle, in the versions of the lock file, and no others", () => {
    const { packages } = lockFor(externals, JSON.parse(readText("package-lock.json")));
    const found = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" })
      .filter((path) => /^(@[^/]+\/)?[^/]+\/package\.json$/.test(path.replaceAll("\\", "/")))
      .map((path) => JSON.parse(readFileSync(join(folder, "node_modules", path), "utf8")))
      .map(({ name, version }) => [`node_modules/${name}`, version]);
    const { "": root, ...locked } = packages;
    expect(root?.dependencies).toEqual({ "@azure/functions": expect.stringMatching(/^\d/) });
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(locked).map(([path, { version }]) => [path, version])),
    );
  });
});

describe("the package, started where nothing can be written, after the process", () => {
  it("registers every function", () => {
    expect(app.host.functions.map(({ name }) => name).sort()).toEqual(functions);
  });

  it.each(families)("archives an event of family %s", async (family) => {
    const fixture = fixtures.find((one) => one.family === family);
    const id = `packed-${family}`;
    expect(await app.post(family, [eventGridEvent(fixture?.name ?? "", fixture?.data, { id })])).toBe(202);
    expect(await app.store.archived(id)).toHaveLength(1);
  });

  it("is well by its own health", async () => {
    expect((await app.get("/api/health")).status).toBe(200);
  });

  it("wrote nothing to where it is", () => {
    expect(stateOf(folder)).toEqual(before);
    expect(logged.filter((line) => /ERR_ACCESS_DENIED|EROFS|EACCES/.test(line))).toEqual([]);
  });
});

/** Each file with its size and the time when it was written. */
function stateOf(path: string): string[] {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names.map((name) => {
    const { size, mtimeMs } = statSync(join(path, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}
