// The deployment package is what runs: made by its script into an empty folder, and started there as Flex Consumption does, on a disk
// that cannot be written, with the packages that it brings and no others.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
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
import { textEvent } from "../support/textEvent.ts";

/** Outside the repository: what the package lacks, Node.js must not find on the way up. */
const root = mkdtempSync(join(tmpdir(), "acs-events-package-"));
const [folder, temporary] = [join(root, "package"), join(root, "tmp")];
const logged: string[] = [];
let said: string;
let before: string[];
let app: App;
let identity: IdentityEndpoint;
const clientId = randomUUID();

beforeAll(async () => {
  identity = await startIdentityEndpoint();
  mkdirSync(temporary);
  said = execFileSync(process.execPath, [inRepository("scripts/package.ts"), folder], { encoding: "utf8" });
  execFileSync("chmod", ["-R", "a-w", folder]);
  before = stateOf(folder);
  const settings = {
    TMPDIR: temporary,
    // Root could write all the same, but for this.
    languageWorkers__node__arguments: `--permission --allow-fs-read=* --allow-fs-write=${temporary}`,
    ACS_CONNECTION_STRING: "",
    ACS_ENDPOINT: "https://contoso.communication.azure.com",
    AzureWebJobsStorage__clientId: clientId,
    IDENTITY_ENDPOINT: identity.url,
    IDENTITY_HEADER: "secret",
  };
  app = await startApp(settings, { appDir: folder, placeholder: true, log: (line) => logged.push(line) });
});
afterAll(async () => {
  await app?.close();
  identity?.close();
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

  it("asks for a token of its identity, and for nobody else's, when there is no key", async () => {
    await app.publish([textEvent("packed-text")]);
    const [asked] = identity.requests;
    expect(asked?.path).toContain(`client_id=${clientId}`);
    expect(asked?.headers["x-identity-header"]).toBe("secret");
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

interface IdentityEndpoint {
  url: string;
  requests: { path: string; headers: IncomingHttpHeaders }[];
  close(): void;
}

/** As App Service has it: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
async function startIdentityEndpoint(): Promise<IdentityEndpoint> {
  const requests: IdentityEndpoint["requests"] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", headers: request.headers });
    const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ access_token: "token", expires_on, token_type: "Bearer" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
