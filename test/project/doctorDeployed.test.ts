// What the doctor makes of the answers of a deployed app and of storage.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { appTries } from "../../scripts/doctor/deployed/appTries.ts";
import { openApp } from "../../scripts/doctor/deployed/askApp.ts";
import type { DeployedApp } from "../../scripts/doctor/deployed/deployedApp.ts";
import { acsOwner, deadLetterWriter, reader, storageRoles } from "../../scripts/doctor/roles.ts";
import { runChecks } from "../../scripts/doctor/runChecks.ts";
import { storageFailure } from "../../scripts/doctor/storageFailure.ts";
import { azAccount, azIds } from "../support/azSubscriptions.ts";
import { readText } from "../support/repository.ts";

const app: DeployedApp = {
  name: "func-contoso",
  group: azIds.group,
  id: azIds.app,
  url: "https://func-contoso.azurewebsites.net",
  host: "func-contoso.azurewebsites.net",
  settings: new Map([["AzureWebJobsStorage__accountName", "stcontoso"]]),
  functions: [],
  principalId: azIds.appPrincipal,
};
const account = async () => azAccount;

const done = { ok: true };
const well = { blob: done, queue: done, table: done, acs: done, clockAheadMs: 400, hashKey: "own" };

/** What is not well, by what was looked at. */
async function judge(tries: object | undefined, of: Partial<DeployedApp> = {}) {
  const found = await runChecks(appTries({ ...app, ...of }, { tries }, account, [azIds.acs]));
  return found.filter(({ state }) => state !== "ok");
}

beforeEach(() => {
  vi.stubEnv("AzureWebJobsStorage", "");
  vi.stubEnv("AzureWebJobsStorage__accountName", "stcontoso");
});
afterEach(() => vi.unstubAllEnvs());

describe("of what the app tried", () => {
  it("tells nothing when all went well", async () => {
    expect(await judge(well)).toEqual([]);
  });

  it("tells which role its identity lacks on storage, and on ACS", async () => {
    const refused = { ok: false, status: 403, code: "AuthorizationPermissionMismatch" };
    const acs = { ok: false, status: 403, code: "ACS_EVENTS_RECORDING_CONTROL_UNAVAILABLE" };
    const found = await judge({ ...well, queue: refused, acs });
    expect(found).toMatchObject([
      {
        check: "storage role, queue",
        state: "problem",
        says: expect.stringContaining("403 AuthorizationPermissionMismatch"),
      },
      { check: "ACS credentials", state: "problem" },
    ]);
    expect(
      found.map(({ mend }) => /--role "(.*?)" --assignee-object-id (\S+) .* --scope (\S+)/.exec(mend ?? "")?.slice(1)),
    ).toEqual([
      ["Storage Queue Data Contributor", azIds.appPrincipal, azIds.storage],
      ["Communication and Email Service Owner", azIds.appPrincipal, azIds.acs],
    ]);
  });

  it("tells of another key, of a wrong clock, and of storage that does not answer it", async () => {
    const silent = { ok: false, code: "RestError" };
    const found = await judge({ ...well, table: silent, clockAheadMs: -600_000, hashKey: "changed" });
    expect(found.map(({ check, state }) => `${check}: ${state}`)).toEqual([
      "storage role, table: problem",
      "clock: problem",
      "opt-outs: problem",
    ]);
  });

  it("advises on the connection string where the app has one", async () => {
    const [found] = await judge(
      { ...well, blob: { ok: false, status: 403, code: "AuthenticationFailed" } },
      { settings: new Map([["AzureWebJobsStorage", "AccountName=…"]]) },
    );
    expect(found?.mend).toContain("connection string");
  });

  it("could not check an app that does not know how to", async () => {
    const found = await judge(undefined);
    expect([...new Set(found.map(({ state, mend }) => `${state}: ${mend}`))]).toEqual(["couldNotCheck: azd deploy"]);
    expect(found).toHaveLength(6);
  });
});

it.each([
  [401, "answers 401 to a function key"],
  [404, "has no /api/health/details"],
  [500, "answers 500 to /api/health/details"],
  [503, "answers 503 to /api/health/details"],
])("says that an app that answers %i could not be asked", async (status, what) => {
  const server = createServer((_, answer) => void answer.writeHead(status).end("<html>")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = openApp({ ...app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, async () => "key");
  await expect(ask("/api/health/details?try=true")).rejects.toMatchObject({ message: `func-contoso ${what}` });
  server.close();
});

describe("of an error of storage", () => {
  it.each([
    [
      { statusCode: 403, code: "AuthorizationPermissionMismatch" },
      "problem",
      'az role assignment create --role "Storage Blob Data Owner"',
    ],
    [
      { statusCode: 403, code: "AuthorizationFailure" },
      "problem",
      "az storage account network-rule add --account-name stcontoso",
    ],
    [{ name: "RestError", code: "ENOTFOUND" }, "couldNotCheck", "Is the account's name right"],
    [{ name: "CredentialUnavailableError" }, "couldNotCheck", "az login"],
  ])("%o: %s", (error, state, mend) => {
    expect(storageFailure(error, "blob", "write a blob")).toMatchObject({ state, mend: expect.stringContaining(mend) });
  });

  it("tells its code, and never its message", () => {
    vi.stubEnv("AzureWebJobsStorage", "DefaultEndpointsProtocol=https;AccountName=stcontoso;AccountKey=c2VjcmV0");
    const error = {
      statusCode: 403,
      code: "AuthenticationFailed",
      message: "The MAC signature c2VjcmV0 is not the same",
    };
    const said = storageFailure(error, "queue", "look at queues");
    expect(said).toMatchObject({
      state: "problem",
      mend: expect.stringContaining("show-connection-string --name stcontoso"),
    });
    expect(JSON.stringify(said)).not.toContain("c2VjcmV0");
  });
});

it("knows the roles that infra/ grants, by name and id", () => {
  const security = readText("docs/security.md");
  const roles = [...Object.values(storageRoles), reader, acsOwner, deadLetterWriter];
  for (const { name, id } of roles) expect(security).toContain(`| ${name} (\`${id}\`) |`);
});
