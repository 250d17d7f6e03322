import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rulesCommand } from "../../scripts/rulesCommand.ts";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";
import { contextOf, incomingCallEvent } from "../support/incomingCall.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
let folder = "";
beforeAll(async () => {
  [azurite, folder] = await Promise.all([emptyAzurite(), mkdtemp(join(tmpdir(), "incoming-"))]);
  vi.stubEnv("AzureWebJobsStorage", azurite.connectionString);
});
afterAll(() => Promise.all([azurite?.close(), rm(folder, { recursive: true })]));

async function rules(...options: string[]) {
  const said = { out: [] as string[], err: [] as string[] };
  const code = await rulesCommand(options, { out: (line) => said.out.push(line), err: (line) => said.err.push(line) });
  return { ...said, code };
}

async function file(name: string, content: unknown): Promise<string> {
  await writeFile(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

const document = {
  hours: { office: { monday: ["09:00-17:00"] } },
  rules: [
    { name: "after hours", closed: "office", reject: "busy" },
    { to: ["+18335550100"], redirect: { to: "+14255550188" } },
    { answer: true },
  ],
};
const event = incomingCallEvent("asked", { at: new Date("2026-11-23T10:00:00Z") });

it.each([
  ["as it was delivered", event],
  ["in a list", [event]],
  ["as a CloudEvent", { ...cloudEvent("IncomingCall", event.data as never), time: event.eventTime }],
])("tells of an event %s which rule counts, why, and what is done", async (_how, content) => {
  const [path, rulesFile] = [await file("event.json", content), await file("rules.json", document)];
  const said = await rules("--incoming", path, "--file", rulesFile);
  expect(said).toMatchObject({ code: 0, err: [] });
  expect(said.out.slice(1).map((line) => line.replace(/ +/g, " "))).toEqual([
    "+14255550123 (phoneNumber) calls +18335550100 at 2026-11-23T10:00:00.000Z",
    " - after hours reject (busy) office open (monday 2026-11-23 10:00 UTC)",
    " fits rules/1 redirect to +14255550188 to +18335550100",
    " fits rules/2 answer it has no conditions; but rules/1 comes first",
    "By rules/1: redirect to +14255550188",
  ]);
  expect(said.out.join()).not.toContain(contextOf("asked"));
});

async function put(name: string, content: unknown): Promise<void> {
  const config = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient("config");
  await config.createIfNotExists();
  const text = JSON.stringify(content);
  await config.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}

it("takes data alone, another time, and the document of the account", async () => {
  const path = await file("event.json", event.data);
  expect((await rules("--incoming", path)).out.at(-1)).toBe("Ignored: no rule fits");
  await put("incoming-calls.json", document);
  const said = await rules("--incoming", path, "--at", "2026-11-22T10:00:00Z");
  expect(said.out.at(-1)).toBe("By after hours: reject (busy)");
  await put("incoming-calls.json", { rules: [{}] });
  const broken = await rules("--incoming", path);
  expect(broken).toMatchObject({ code: 1, out: [expect.stringContaining("There never was a valid one")] });
  expect(broken.err.join()).toContain("/rules/0 must have one of redirect");
  await put("in-force/incoming-calls.json", document);
  expect((await rules("--incoming", path)).out.at(-1)).toMatch(/^By /);
});

it("checks the documents of the account: of texts, of calls, of people", async () => {
  await put("incoming-calls.json", document);
  expect(await rules("--check")).toMatchObject({
    code: 0,
    err: [],
    out: [
      expect.stringMatching(/^There is no config\/auto-replies.json; the built-in one is valid/),
      "config/incoming-calls.json is valid: 3 rules",
      "There is no config/people.json; the built-in one is valid: 0 people",
    ],
  });
  await put("incoming-calls.json", { rules: [{}] });
  const broken = await rules("--check");
  expect([broken.code, broken.out.length]).toEqual([1, 2]);
  expect(broken.err.join()).toContain("config/incoming-calls.json is not valid:,  /rules/0 must have one of redirect");
});

it("checks a file that says who is who", async () => {
  const check = async (people: object[]) => rules("--check", "--file", await file("people.json", { people }));
  const ann = { id: "ann", identifiers: ["+14255550123"] };
  expect(await check([ann])).toMatchObject({ code: 0, out: [expect.stringMatching(/: 1 people$/)] });
  expect((await check([ann, { ...ann, id: "bob" }])).err.join()).toContain("also stands at /people/0");
});

it.each([
  ["by its name", "incoming-calls.json", {}],
  ["by its schema", "calls.json", { $schema: "../schemas/incoming-calls.schema.json" }],
])("checks a file that is known %s", async (_how, name, more) => {
  const check = async (content: object) => rules("--check", "--file", await file(name, content));
  expect(await check({ ...more, ...document })).toMatchObject({ code: 0, out: [expect.stringMatching(/3 rules$/)] });
  const broken = await check({ ...more, rules: [{ reject: "no" }] });
  expect(broken).toMatchObject({ code: 1, out: [], err: expect.arrayContaining([expect.stringContaining("busy")]) });
});

it.each([
  ["no file", ["--incoming", "/nowhere.json"], "/nowhere.json"],
  ["another event", ["--incoming", "other"], "not an IncomingCall"],
  ["a wrong time", ["--incoming", "other", "--at", "soon"], "--at"],
  ["an option of texts", ["--incoming", "other", "--try", "hello"], "Usage"],
])("ends with 2 and advice: %s", async (_what, options, expected) => {
  const other = await file("other.json", eventGridEvent("CallStarted"));
  const said = await rules(...options.map((option) => (option === "other" ? other : option)));
  expect(said.code).toBe(2);
  expect(said.err.join()).toContain(expected);
});
