// What a compiler would find first: that the parts of infra/ fit together.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRepository, readText } from "../support/repository.ts";
import { members, strings, unbalanced, withoutTexts } from "./readBicep.ts";
import { template, templates } from "./templates.ts";

const names = [...templates.keys()];

/** Words of the language, its types, and the functions that are used: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions */
const words = [
  ...[
    "targetScope",
    "param",
    "var",
    "module",
    "resource",
    "output",
    "existing",
    "for",
    "if",
    "in",
    "true",
    "false",
    "null",
  ],
  ...[
    "string",
    "int",
    "bool",
    "object",
    "array",
    "allowed",
    "description",
    "metadata",
    "minLength",
    "maxLength",
    "batchSize",
  ],
  ...[
    "concat",
    "contains",
    "empty",
    "fail",
    "filter",
    "indexOf",
    "int",
    "items",
    "join",
    "map",
    "replace",
    "split",
    "startsWith",
  ],
  ...["substring", "take", "toLower", "toObject", "trim", "union", "uniqueString", "guid", "cidrSubnet"],
  ...[
    "loadJsonContent",
    "loadTextContent",
    "environment",
    "resourceGroup",
    "subscription",
    "subscriptionResourceId",
    "tenant",
  ],
];

describe.each(names)("infra/%s", (name) => {
  const file = template(name);
  const declared = [...file.params, ...file.vars, ...file.modules, ...file.resources];

  it("closes what it opens", () => {
    expect(unbalanced(readText(`infra/${name}`).replace(/^\s*\/\/.*$/gm, ""))).toBeUndefined();
  });

  it("uses each parameter and variable that it declares", () => {
    // A member of that name is no use of it.
    const uses = (symbol: string) => file.text.match(new RegExp(`(?<!^ *)\\b${symbol}\\b`, "gm"))?.length ?? 0;
    expect([...file.params, ...file.vars].map((one) => one.name).filter((symbol) => uses(symbol) < 2)).toEqual([]);
    expect(new Set(declared.map((one) => one.name)).size).toBe(declared.length);
  });

  it("names only what it declares, and functions of Bicep", () => {
    const locals = [...file.text.matchAll(/\bfor (\w+) in\b|(\w+) =>|\((\w+), (\w+)\) =>/g)].flatMap((found) =>
      found.slice(1),
    );
    const known = [...declared.map((one) => one.name), ...locals, ...words];
    expect(namesIn(file.text).filter((one) => !known.includes(one))).toEqual([]);
  });

  it("gives each module of ours what it takes, and nothing else", () => {
    for (const module of file.modules.filter(({ of }) => templates.has(of))) {
      const given = Object.keys(members(members(module.value ?? "").params ?? ""));
      const { params } = template(module.of);
      const takes = params.map((one) => one.name);
      const needs = params.filter(({ value }) => value === undefined).map((one) => one.name);
      expect(
        given.filter((one) => !takes.includes(one)),
        module.of,
      ).toEqual([]);
      expect(
        needs.filter((one) => !given.includes(one)),
        module.of,
      ).toEqual([]);
    }
  });

  it("reads of a module of ours only what it puts out", () => {
    for (const module of file.modules.filter(({ of }) => templates.has(of))) {
      const read = [...file.text.matchAll(new RegExp(`\\b${module.name}!?\\.outputs\\.(\\w+)`, "g"))].map(
        ([, one]) => one,
      );
      const outputs = template(module.of).outputs.map((one) => one.name);
      expect(
        read.filter((one) => !outputs.includes(one ?? "")),
        module.of,
      ).toEqual([]);
    }
  });

  it("pins each Azure Verified Module to one version, and finds the other modules and files here", () => {
    for (const { of } of file.modules) {
      if (of.startsWith("br/")) expect(of).toMatch(/^br\/public:avm\/res\/[a-z/-]+:\d+\.\d+\.\d+$/);
      else expect(templates.has(of), of).toBe(true);
    }
    const loaded = [...file.text.matchAll(/load(?:Json|Text)Content\('([^']+)'\)/g)].map(([, path]) => path);
    expect(loaded.filter((path) => !existsSync(inRepository(`infra/${path}`)))).toEqual([]);
  });
});

it("names each deployment of a resource group once: two of one name at a time stop each other", () => {
  const deployments = names
    .filter((name) => name !== "subscriptions.bicep")
    .flatMap((name) => template(name).modules.map(({ value }) => members(value ?? "").name));
  expect(deployments.filter((one, index) => deployments.indexOf(one) !== index)).toEqual([]);
});

it("takes one version of each Azure Verified Module", () => {
  const used = names.flatMap((name) => template(name).modules.map(({ of }) => of)).filter((of) => of.startsWith("br/"));
  const modules = [...new Set(used)].map((of) => of.split(":")[1]);
  expect(new Set(modules).size).toBe(modules.length);
});

describe("main.parameters.json", () => {
  const { parameters }: { parameters: Record<string, { value: string }> } = JSON.parse(
    readText("infra/main.parameters.json"),
  );
  const { params } = template("main.bicep");

  it("has each parameter of main.bicep, taken from the azd environment", () => {
    expect(Object.keys(parameters)).toEqual(params.map(({ name }) => name));
    for (const { value } of Object.values(parameters)) expect(value).toMatch(/^\$\{[A-Z_]+(=[^{}]*)?\}$/);
  });

  it.each(params)("gives $name the default that main.bicep has", ({ name, value, allowed }) => {
    const [, fallback] = /=([^}]*)/.exec(parameters[name]?.value ?? "") ?? [];
    expect(fallback).toEqual(value === undefined ? undefined : strings(value)[0]);
    if (allowed) expect(allowed).toContain(fallback);
  });

  it.each(params)("has a row for $name in docs/deploy.md, with its default", ({ name }) => {
    const [, variable = "", fallback = ""] = /^\$\{(\w+)(?:=(.*))?\}$/.exec(parameters[name]?.value ?? "") ?? [];
    if (variable.startsWith("AZURE_")) return;
    expect(readText("docs/deploy.md")).toContain(
      `| \`${variable}\` | ${fallback ? `\`${fallback}\`` : ""} |`.replace("|  |", "| |"),
    );
  });
});

/** The names that a template refers to: no keys of members, no members of others. */
function namesIn(text: string): string[] {
  const keysAndMembers = /^ *(?:output|param) \w+|^ *\w+:(?= |$)|(?<=\{ ?)\w+:|\.\??\w+/gm;
  return [
    ...new Set(
      withoutTexts(text)
        .replace(keysAndMembers, "")
        .match(/\b[A-Za-z_]\w*/g),
    ),
  ];
}
