import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { inRepository, readText, sourceFiles } from "../support/repository.ts";

// The house, from the top floor down: a file imports from its own room and from floors below, never from above or next door.
const floors = [
  ["functions"],
  ["atFirstCall.ts"],
  ["later.ts"],
  // The owner's duties: they stand over the rooms whose keepings they list, prove, give and erase.
  ["problems", "proof", "retention", "leaving"],
  // Who is who, and what a legal hold covers: retention asks.
  ["people"],
  ["announce.ts"],
  ["sms", "recordings", "calls"],
  ["intake", "rules", "acs", "http"],
  ["storage"],
  ["telemetry"],
  ["config.ts"],
  ["settings"],
  ["events"],
];

interface Import {
  from: string;
  /** A path from the root, or a package. */
  to: string;
}

const imports: Import[] = sourceFiles("src").flatMap((from) =>
  specifiers(readText(from)).map((to) => ({ from, to: to.startsWith(".") ? posix.join(posix.dirname(from), to) : to })),
);

describe("imports", () => {
  it("run one way through the rooms of src", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      return other !== undefined && room !== other && floorOf(other) <= floorOf(room);
    });
    expect(wrong).toEqual([]);
  });

  it("leave src only for package.json", () => {
    const outside = imports.filter(({ to }) => to === ".." || /^(\.\.|dev|test|bench|scripts)\//.test(to));
    expect(outside).toEqual([]);
    expect(imports.filter(({ to }) => /^[\w-]+\.json$/.test(to) && to !== "package.json")).toEqual([]);
  });

  it("give src/events nothing but what describes and hashes events", () => {
    const needed = imports.filter(({ from, to }) => roomOf(from) === "events" && roomOf(to) !== "events");
    expect([...new Set(needed.map(({ to }) => to))].sort()).toEqual(["node:crypto", "typebox"]);
  });

  it("know every room of src", () => {
    const rooms = readdirSync(inRepository("src"));
    expect(rooms.filter((room) => !floors.flat().includes(room))).toEqual([]);
  });
});

describe("a file", () => {
  const all = [...sourceFiles("src", "dev", "test", "scripts", "bench"), "vitest.config.ts"];

  it("is at most 250 lines long, and a function at most 15", () => {
    const long = all.filter((path) => lineCount(path) > (path.startsWith("src/functions/") ? 15 : 250));
    expect(long).toEqual([]);
  });

  it("has no way around the type checker or the linter", () => {
    const detour = /@ts-(ignore|expect-error|nocheck)|biome-(ignore)/;
    expect(all.filter((path) => detour.test(readText(path)))).toEqual([]);
  });

  it("of src writes nothing to the console, which the host would not attribute to an invocation", () => {
    expect(sourceFiles("src").filter((path) => /\bconsole\./.test(readText(path)))).toEqual([]);
  });

  it("of src/events is pure: no clock, no chance, no environment", () => {
    const impure =
      /\bDate\.now\b|new Date\(\)|\bperformance\.|\bprocess\.|Math\.random|randomUUID|setTimeout|\bfetch\(/;
    expect(sourceFiles("src/events").filter((path) => impure.test(readText(path)))).toEqual([]);
  });

  it("of test runs whole: nothing is skipped, and nothing sleeps", () => {
    const partly = /\b(it|test|describe)\.(skip|only|todo)|timers\/promises/;
    expect(
      sourceFiles("test").filter((path) => !path.endsWith("layout.test.ts") && partly.test(readText(path))),
    ).toEqual([]);
  });
});

it("has the top level that the README and the tools expect", () => {
  const expected = [
    ...[".ci", ".funcignore", ".github", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"],
    ...["azure.yaml", "bench", "biome.json", "dev", "docs", "host.json", "infra", "local.settings.sample.json"],
    ...["package-lock.json", "package.json", "scripts", "src", "test", "tsconfig.json"],
  ];
  const there = readdirSync(inRepository(""));
  expect(expected.filter((entry) => !there.includes(entry))).toEqual([]);
});

it("deploys what the Functions worker loads, and no key that lies about", () => {
  const left = readText(".funcignore")
    .split("\n")
    .map((line) => line.replace(/^\/|\/$/g, ""));
  expect(left).toEqual(expect.arrayContaining(["local.settings.json", ".local", "src", "dev", "test"]));
  expect(["host.json", "package.json", "dist", "node_modules"].filter((entry) => left.includes(entry))).toEqual([]);
});

function specifiers(text: string): string[] {
  const found = text.matchAll(/^(?:import|export)\b[^"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm);
  return [...found].flatMap((names) => names.slice(1).filter((name) => name !== undefined));
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1];
}

function floorOf(room: string | undefined): number {
  return floors.findIndex((rooms) => rooms.includes(room ?? ""));
}

function lineCount(path: string): number {
  return readText(path).trimEnd().split("\n").length;
}
