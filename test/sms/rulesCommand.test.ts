import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rulesCommand } from "../../scripts/rulesCommand.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";
import { inRepository } from "../support/repository.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
let folder = "";
beforeAll(async () => {
  [azurite, folder] = await Promise.all([emptyAzurite(), mkdtemp(join(tmpdir(), "rules-"))]);
  vi.stubEnv("AzureWebJobsStorage", azurite.connectionString);
});
afterAll(() => Promise.all([azurite?.close(), rm(folder, { recursive: true })]));

/** Runs the command in this process. */
async function rules(...options: string[]) {
  const said = { out: "", err: "" };
  const code = await rulesCommand(options, {
    out: (line) => {
      said.out += `${line}\n`;
    },
    err: (line) => {
      said.err += `${line}\n`;
    },
  });
  return { ...said, code };
}

async function file(document: unknown): Promise<string> {
  const path = join(folder, "auto-replies.json");
  await writeFile(path, JSON.stringify(document));
  return path;
}

const document = {
  timeZone: "Europe/Berlin",
  hours: { office: { monday: ["09:00-17:00"], holidays: ["12-25"] } },
  rules: [
    { name: "welcome", firstContact: true, keywords: ["hello"], reply: "Welcome, {from}!" },
    { name: "open", keywords: ["öffnungszeiten"], open: "office", reply: "We are open — come in. 👍" },
    { keywords: ["öffnungszeiten"], reply: "Closed." },
  ],
};
const to = ["--to", "+18335550100"];

describe("npm run rules", () => {
  it("prints, and ends with the exit code", async () => {
    const options = ["scripts/rules.ts", "--check", "--file", await file({ rules: 7 })];
    const ended = spawnSync(process.execPath, options, { cwd: inRepository(""), encoding: "utf8" });
    expect(ended).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("/rules must be array") });
  });

  it("tells of each rule whether it fits and why, what is answered, and in how many segments", async () => {
    const at = ["--at", "2026-12-21T10:00:00Z"];
    const { out, code } = await rules("--try", "Offnungszeiten?", ...to, ...at, "--file", await file(document));
    expect(code).toBe(0);
    expect(out).toMatch(/ -\s+welcome\s+1 x GSM-7\s+no keyword/);
    expect(out).toMatch(
      /fits\s+open\s+1 x UCS-2\s+keyword "öffnungszeiten" \(word\), office open \(monday 2026-12-21 11:00/,
    );
    expect(out).toMatch(/fits\s+rules\/2\s+1 x GSM-7 .*but open comes first/);
    expect(out).toContain(
      "Answered by open, 25 characters, 1 segment(s) in UCS-2 (25 units):\n  | We are open — come in. 👍",
    );
  });

  it("takes the sender, the time and whether they are known from its options", async () => {
    const path = await file(document);
    const holiday = await rules("--try", "Öffnungszeiten", ...to, "--at", "2026-12-25T10:00:00Z", "--file", path);
    expect(holiday.out).toContain("Answered by rules/2");
    const hello = ["--try", "hello", ...to, "--from", "1 425 555 0177", "--file", path];
    expect((await rules(...hello)).out).toContain("  | Welcome, +14255550177!");
    expect((await rules(...hello, "--known")).out).toContain("Not answered: no rule fits");
  });

  it.each([
    ["STOP", "+18335550100", "Not answered"],
    ["STOP", "+14255550100", "Answered by stop"],
    ["help", "+14255550100", "Answered by help"],
  ])("says that %s to %s is an opt-out word", async (word, number, outcome) => {
    const { out } = await rules("--try", word, "--to", number, "--file", await file(document));
    expect(out).toContain(`${word.toUpperCase()} is an opt-out word`);
    expect(out).toContain(outcome);
  });

  it("checks a document: exit code 1 and what is wrong where it is not valid", async () => {
    expect(await rules("--check", "--file", await file(document))).toMatchObject({ code: 0, err: "" });
    const broken = await rules("--check", "--file", await file({ rules: [{ open: "office", reply: "x" }] }));
    expect(broken).toMatchObject({ code: 1, out: "" });
    expect(broken.err).toContain("/rules/0/open names no hours");
  });

  it("reads the owner's document from storage, writes nothing, and goes by what is in force while that is broken", async () => {
    const config = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient("config");
    expect((await rules("--check")).out).toContain("There is no config/auto-replies.json; the built-in one is valid");
    await config.createIfNotExists();
    const upload = (name: string, content: string) =>
      config.getBlockBlobClient(name).upload(content, Buffer.byteLength(content));
    await upload("auto-replies.json", "{");
    const never = await rules("--try", "hello", ...to);
    expect([never.code, never.out]).toEqual([1, "There never was a valid one, so nothing is answered.\n"]);
    await upload("in-force/auto-replies.json", JSON.stringify(document));
    const tried = await rules("--try", "hello", ...to);
    expect(tried).toMatchObject({ code: 1, err: expect.stringContaining("is not JSON") });
    expect(tried.out).toContain("Welcome");
    await upload("auto-replies.json", JSON.stringify({ rules: [] }));
    expect((await rules("--try", "x", ...to)).out).toContain("config/auto-replies.json is valid: 0 rules\n");
    expect((await config.getBlockBlobClient("in-force/auto-replies.json").downloadToBuffer()).toString()).toContain(
      "Welcome",
    );
  });

  it.each([
    [["--try", "x"], "--to"],
    [["--try", "x", "--to", "CONTOSO"], "--to"],
    [["--try", "x", ...to, "--at", "noon"], "--at"],
    [["--try", "x", ...to, "--check"], "Either"],
    [[], "Either"],
    [["--chek"], "--chek"],
    [["--check", "--file", "/nowhere/auto-replies.json"], "could not be read"],
  ])("refuses %j with exit code 2 and advice", async (options, advice) => {
    const { code, err, out } = await rules(...options);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(advice);
  });
});
