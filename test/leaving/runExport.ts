// Runs `npm run export` as an owner does, from the command line, and reads what it wrote.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { inRepository, readText } from "../support/repository.ts";

export type Line = Record<string, unknown>;

/** An app, or an account alone. */
interface Account {
  addresses: { storageConnectionString: string };
}

interface Ran {
  status: number | null;
  out: string[];
  err: string;
}

/** @param until ends the run, as a machine does that loses its power, when it has said so much */
export function runExport(
  { addresses }: Account,
  args: readonly string[],
  until?: (line: string) => boolean,
): Promise<Ran> {
  const child = spawn(process.execPath, ["scripts/export.ts", ...args], {
    cwd: inRepository(""),
    env: { ...process.env, AzureWebJobsStorage: addresses.storageConnectionString },
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
    if (until && said.out.split("\n").some(until)) child.kill("SIGKILL");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  return new Promise((resolve) => {
    child.on("close", (status) => resolve({ status, out: said.out.trim().split("\n"), err: said.err }));
  });
}

/** Every line of a kind of file, of all slices in their order. */
export function linesOf<T = Line>(root: string, name: string): T[] {
  const files = globSync(`data/*/${name}.jsonl`, { cwd: root }).sort();
  return files.flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    return lines.slice(0, -1).map((line) => JSON.parse(line) as T);
  });
}

/** All files of an export but what only the next run needs, with their hashes. */
export function filesOf(root: string): Record<string, string> {
  const files = globSync("**/*", { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), sha256(readFileSync(path))]));
}

export const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

const ajv = new Ajv({ allErrors: true, strict: false });

/** What a published schema says against a value; empty when nothing. */
export function findings(schema: string, value: unknown): string[] {
  const path = `docs/schemas/export/${schema}.schema.json`;
  const validate: ValidateFunction =
    ajv.getSchema(path) ?? (ajv.addSchema(JSON.parse(readText(path)), path).getSchema(path) as ValidateFunction);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
