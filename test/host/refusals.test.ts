import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readHostJson } from "../../dev/host/hostJson.ts";
import { indexFunctions } from "../../dev/host/indexFunctions.ts";
import { startHost } from "../../dev/host/startHost.ts";
import { fixture } from "./startFixtureApp.ts";

const log: string[] = [];
const start = (name: string, appDir = fixture("refused")) =>
  startHost({
    appDir,
    port: 0,
    env: { CASE: name },
    storageConnectionString: "UseDevelopmentStorage=true", // never reached
    delayScale: 1,
    log: (line) => log.push(line),
  });

describe("the host refuses to start", () => {
  it.each([
    ["functionName", /"1st" is no function name/],
    ["sameName", /Two functions are named "Twice"/],
    ["bindingName", /"my_queue" is no binding name/],
    ["bindingType", /'smokeSignalTrigger' were not found in the configured extension bundle/],
    ["twoTriggers", /exactly one trigger/],
    ["reservedRoute", /conflicts with one or more built in routes/],
    ["schedule", /"25" is no hour/],
    ["unknownSetting", /registered no function that can run/],
    ["nothing", /registered no function that can run/],
    ["throws", /a module is missing/],
    ["exits", /exit code 3/],
  ])("an app with the fault %s", async (name, reason) => {
    await expect(start(name)).rejects.toThrow(reason);
  });
});

it("drops a function with an unknown setting, says so, and runs the others", async () => {
  const host = await start("unknownSettingOfOne");
  expect(host.functions.map(({ name }) => name)).toEqual(["fine"]);
  expect(log.join("\n")).toContain("The 'unset' function is in error: '%NOT_SET%' does not resolve to a value.");
  await host.close();
});

it("leaves out a function that a setting disables, and says so", () => {
  const said: string[] = [];
  const functions = ["daily", "nightly"].map((name) => ({
    name,
    bindings: { timer: { type: "timerTrigger", direction: "in", schedule: "0 0 0 1 1 *" } },
  }));
  const left = indexFunctions(functions, { "AzureWebJobs.nightly.Disabled": "true" }, (line) => said.push(line));
  expect(left.map(({ name }) => name)).toEqual(["daily"]);
  expect(said).toEqual(["host: Function 'nightly' is disabled."]);
});

describe("host.json and package.json", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "host-json-"));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const bundle = { id: "Microsoft.Azure.Functions.ExtensionBundle", version: "[4.*, 5.0.0)" };
  const queues = (settings: object) => ({ version: "2.0", extensionBundle: bundle, extensions: { queues: settings } });
  const read = async (content: object) => {
    await writeFile(join(dir, "host.json"), JSON.stringify(content));
    return readHostJson(dir);
  };

  it("must have version, bundle and values in range", async () => {
    await expect(read({ extensionBundle: bundle })).rejects.toThrow("version");
    await expect(read({ version: "2.0" })).rejects.toThrow("extensionBundle");
    await expect(read({ ...queues({}), functionTimeout: "30 min" })).rejects.toThrow("functionTimeout");
    await expect(read(queues({ batchSize: 33 }))).rejects.toThrow("batchSize is 33");
    await expect(read(queues({ maxDequeueCount: 0 }))).rejects.toThrow("maxDequeueCount");
    await expect(read(queues({ visibilityTimeout: "30" }))).rejects.toThrow("visibilityTimeout");
    await expect(read(queues({ maxPollingInterval: "00:00:00.050" }))).rejects.toThrow("maxPollingInterval");
    expect(await read(queues({ visibilityTimeout: "00:01:30" }))).toMatchObject({
      queues: { visibilityTimeoutMs: 90_000 },
    });
  });

  it("must lead to files", async () => {
    await read(queues({}));
    await writeFile(join(dir, "package.json"), JSON.stringify({ main: "dist/*.js" }));
    await expect(start("any", dir)).rejects.toThrow('Found zero files matching the supplied pattern "dist/*.js"');
    await writeFile(join(dir, "package.json"), "{}");
    await expect(start("any", dir)).rejects.toThrow('no "main"');
  });
});
