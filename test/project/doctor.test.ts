// `npm run doctor`, as an owner runs it, on an installation that is well and on one that is broken piece by piece.
import { TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeSkew } from "../../scripts/doctor/clockSkew.ts";
import { doctorCommand } from "../../scripts/doctor/doctorCommand.ts";
import { queues } from "../../scripts/doctor/queues.ts";
import { namesOfParts } from "../../scripts/doctor/storageParts.ts";
import { readAccount } from "../support/account.ts";
import { azInstallation, azSettings } from "../support/azInstallation.ts";
import { azIds, azSubscriptions } from "../support/azSubscriptions.ts";
import { createFakeAz } from "../support/fakeAz.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { findingsOf, runDoctor } from "../support/runDoctor.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

const key = "a key of the app's own, made for tests";
const az = createFakeAz();

let app: App;
/** The settings with which all is well. */
let well: { AzureWebJobsStorage: string; [name: string]: string };
beforeAll(async () => {
  app = await startApp({ HASH_KEY: key });
  const { storageConnectionString: storage, acsConnectionString, acs } = app.addresses;
  const ofAcs = { ACS_CONNECTION_STRING: acsConnectionString, ACS_SIMULATOR: acs };
  const callbacks = { ACS_RESOURCE_ID: app.acs.audience, PUBLIC_BASE_URL: app.host.url };
  well = { AzureWebJobsStorage: storage, ...ofAcs, ...callbacks, HASH_KEY: key };
  await makeParts(storage);
  // Whose sender's opt-out was looked up, under the key.
  await app.publish([textEvent("first", {})]);
});
afterAll(async () => {
  az.remove();
  await app?.close();
});

/** Makes what a deployment makes. */
async function makeParts(storage: string): Promise<void> {
  const parts = await namesOfParts();
  const blobs = BlobServiceClient.fromConnectionString(storage);
  const queues = QueueServiceClient.fromConnectionString(storage);
  const tables = TableServiceClient.fromConnectionString(storage, { allowInsecureConnection: true });
  await Promise.all([
    ...parts.blob.map((name) => blobs.getContainerClient(name).createIfNotExists()),
    ...parts.queue.map((name) => queues.getQueueClient(name).createIfNotExists()),
    ...parts.table.map((name) => tables.createTable(name)),
  ]);
}

const findings = (settings: Record<string, string>, ...args: string[]) => findingsOf(az, settings, ...args);
const queueNamed = (name: string) =>
  QueueServiceClient.fromConnectionString(well.AzureWebJobsStorage).getQueueClient(name);

it("says that all is well, and leaves nothing behind", async () => {
  const before = await readAccount(app);
  const { status, stdout } = await runDoctor(az, well);
  expect([status, stdout.split("\n").filter((line) => line && !line.startsWith("ok "))]).toEqual([
    0,
    [
      "not checked      subscriptions: they belong to a deployed app",
      "                 → npm run doctor -- --resource-group GROUP",
      expect.stringMatching(/^\d+ ok, 1 not checked$/),
    ],
  ]);
  expect(await readAccount(app)).toEqual(before);
  const queues = QueueServiceClient.fromConnectionString(well.AzureWebJobsStorage);
  for await (const { name } of queues.listQueues()) expect(name).not.toContain("doctor");
});

it("says what it wants", async () => {
  for (const args of [
    "--form x",
    "--app x",
    "--resource-group x --families texts",
    "--resource-group x --app-url http://x",
  ]) {
    const errors: string[] = [];
    expect(await doctorCommand(args.split(" "), { out: () => {}, err: (line) => errors.push(line) })).toBe(2);
    expect(errors.join()).toContain("Usage: npm run doctor");
  }
});

it("finds wrong settings, keys and names, each with what mends it, and tells no secret", async () => {
  const wrongKey = Buffer.from("another key").toString("base64");
  const { status, problems, text } = await findings({
    ...well,
    AUTO_REPLY: "perhaps",
    INCOMING_CALLS: "on",
    ACS_RESOURCE_ID: "",
    auto_record: "all",
    HASH_KEY: "another key, under which nobody has opted out",
    ACS_CONNECTION_STRING: app.addresses.acsConnectionString.replace(/accesskey=.*/, `accesskey=${wrongKey}`),
  });
  expect(status).toBe(1);
  expect(problems.map(({ check, says }) => `${check}: ${says}`)).toEqual([
    "setting: Setting AUTO_REPLY: on or off is expected. See docs/settings.md.",
    "setting: auto_record is read by nobody: AUTO_RECORD is meant",
    "opt-outs: HASH_KEY is not the key that opt-outs are kept under: no text is sent until it is",
    "ACS credentials: ACS answers 401: the key in ACS_CONNECTION_STRING is not the resource's, or the clock is wrong",
    "callbacks: ACS_RESOURCE_ID is empty, so all callbacks are refused; INCOMING_CALLS needs them",
  ]);
  expect(problems.every(({ mend }) => mend !== undefined)).toBe(true);
  for (const secret of ["perhaps", wrongKey, "another key, under"]) expect(text).not.toContain(secret);
});

it("finds an account whose key is wrong, one that does not answer, and that none is named", async () => {
  const storage = well.AzureWebJobsStorage;
  const wrongKey = storage.replace(/AccountKey=[^;]+/, "AccountKey=d3Jvbmc=");
  const nobody = storage.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:1");
  const [wrong, silent, unnamed] = await Promise.all([
    findings({ ...well, AzureWebJobsStorage: wrongKey }),
    findings({ ...well, AzureWebJobsStorage: nobody }),
    findings({}),
  ]);
  const everywhere = ["storage role, blob", "storage role, queue", "storage role, table", "queue", "opt-outs"];
  expect([wrong.status, wrong.problems.map(({ check }) => check)]).toEqual([1, expect.arrayContaining(everywhere)]);
  expect(wrong.problems[0]).toMatchObject({
    mend: expect.stringContaining("az storage account show-connection-string"),
  });
  expect([silent.status, silent.result, silent.problems]).toEqual([2, "couldNotCheck", []]);
  expect(silent.blocked.map(({ check }) => check)).toEqual(["clock"]);
  expect([unnamed.status, unnamed.problems[0]?.says]).toEqual([1, expect.stringContaining("No storage account")]);
});

it("bears a clock that is minutes off, and no more", () => {
  expect([0, 299_000, -299_000].map((skew) => judgeSkew(skew).state)).toEqual(["ok", "ok", "ok"]);
  expect(judgeSkew(-301_000)).toMatchObject({ state: "problem", says: expect.stringContaining("301 s behind") });
});

describe("of a deployed app", () => {
  const args = () => ["--resource-group", azIds.group, "--app-url", app.host.url, "--acs", azIds.acs];

  function answer(answers: object): void {
    for (const [command, json] of Object.entries(answers)) az.answer(command, json);
  }

  it("says that all is well", async () => {
    answer(await azInstallation(well, app.host.functions));
    const { status, findings: all } = await findings({}, ...args());
    const byKey = ["storage roles of the app", "ACS role of the app"];
    expect(all.filter(({ state }) => state !== "ok").map(({ check }) => check)).toEqual(byKey);
    expect(status).toBe(0);
  });

  it("looks at what Azure and the app say where nobody has a key, and who runs it no role on storage", async () => {
    const named = {
      HASH_KEY: "@Microsoft.KeyVault(SecretUri=https://contoso.vault.azure.net/secrets/hash)",
      AzureWebJobsStorage__accountName: "devstoreaccount1",
      AzureWebJobsStorage__clientId: azIds.appClient,
      ACS_ENDPOINT: "https://contoso.communication.azure.com",
      ACS_RESOURCE_ID: app.acs.audience,
      ALLOWED_TOPICS: azIds.acs,
    };
    answer({ "functionapp config appsettings list": azSettings(named) });
    const { status, findings: all } = await findings({}, "--resource-group", azIds.group, "--app-url", app.host.url);
    expect(all.filter(({ state }) => state !== "ok").map(({ check }) => check)).toEqual([
      "containers, queues, tables, recordings",
    ]);
    expect(status).toBe(0);
  });

  it("finds what is missing there: a function, a subscription, roles, the right Node.js, a queue", async () => {
    const { AzureWebJobsStorage } = well;
    const named = { AzureWebJobsStorage, HASH_KEY: key, ACS_ENDPOINT: "https://contoso.communication.azure.com" };
    const all = await azInstallation(named, app.host.functions.slice(1));
    answer({
      ...all,
      "functionapp show": {
        id: azIds.app,
        state: "Stopped",
        identity: { principalId: azIds.appPrincipal },
        siteConfig: { linuxFxVersion: "Node|22" },
      },
      "role assignment list": [],
      "storage account show": { id: azIds.storage, networkRuleSet: { defaultAction: "Deny", bypass: "None" } },
      "eventgrid system-topic event-subscription list": (await azSubscriptions()).slice(1),
    });
    await queueNamed("person-exports-poison").delete();
    const { status, problems } = await findings({}, ...args());
    const grant = `az role assignment create --role "Communication and Email Service Owner" --assignee-object-id ${azIds.appPrincipal} --assignee-principal-type ServicePrincipal --scope ${azIds.acs}`;
    expect([status, problems.map(({ check, says, mend }) => `${check}: ${says} → ${mend}`)]).toEqual([
      1,
      [
        expect.stringMatching(/^function app: func-contoso is Stopped → az functionapp start/),
        expect.stringMatching(/^Node.js: 22 there; the app is made for Node.js 24/),
        `ACS role of the app: Communication and Email Service Owner is missing on contoso → ${grant}`,
        expect.stringMatching(/^functions: the app does not have \w+ → azd deploy/),
        expect.stringMatching(/^subscriptions: smsEvents gets none of its event types/),
        expect.stringMatching(
          /^dead-letter role of the topic: Storage Blob Data Contributor is missing on dead-letters/,
        ),
        expect.stringMatching(
          /^dead-letter role of the topic: the storage account is closed, .* → az storage account update/,
        ),
        expect.stringMatching(/^queues: person-exports-poison is not there → azd provision/),
      ],
    ]);
  });

  it("says what it could not ask: the app, or az", async () => {
    const silent = await findings({}, "--resource-group", azIds.group, "--app-url", "http://127.0.0.1:1");
    expect(silent.blocked).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "app", says: "func-contoso does not answer" }),
        expect.objectContaining({ check: "subscriptions", mend: "--acs RESOURCE_ID" }),
      ]),
    );
    answer({ "functionapp show": undefined });
    const [failing, missing] = await Promise.all([findings({}, ...args()), findings({ PATH: "/nowhere" }, ...args())]);
    const says = expect.stringContaining("az functionapp show failed: ERROR");
    expect(failing).toMatchObject({ status: 2, blocked: [{ check: "deployed app", says }] });
    expect(missing).toMatchObject({ status: 2, blocked: [{ says: "Azure CLI (az) is not installed" }] });
  });
});

it("finds recordings at risk, by the rule of the sweep and on the list of problems", async () => {
  await app.fault({ kind: "content", fault: "503", times: 100 });
  const { chunk } = await addChunk(app, 0, { documentId: "late" });
  await app.publish([recordingEvent("late", [chunk])]);
  await app.moveClock(7 * 3_600_000);
  await app.host.runTimer("reconcileRecordings");
  await app.moveClock(0);
  const { status, problems } = await findings({ ...well, RECORDING_WINDOW_HOURS: "100" });
  expect([status, problems.map(({ check, says }) => `${check}: ${says}`)]).toEqual([
    1,
    [
      "recordings: a chunk is late: ACS deletes it before it is saved if nothing is done",
      "open problems: 1 of kind recordingLate (docs/problems.md)",
    ],
  ]);
});

it("finds what lies on a poison queue, and what waits, when nobody takes it off", async () => {
  await app.host.close();
  for (const name of ["sms-replies-poison", "person-erasures"]) {
    await queueNamed(name).sendMessage(Buffer.from("{}").toString("base64"));
  }
  process.env.AzureWebJobsStorage = well.AzureWebJobsStorage;
  // The download that another test had fail may wait, too.
  const found = (await queues({ patience: 0, betweenLooks: 0 }).look()).map(({ says }) => says);
  expect(found).toContain("person-erasures has a message, which nobody takes off");
  expect((await queues().look()).map(({ says }) => says)).toEqual([
    "sms-replies-poison has a message: jobs that failed five times, and that the app has not taken onto its list of problems",
  ]);
});
