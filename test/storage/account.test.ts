import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { acsResource } from "../../src/acs/credential.ts";
import { storageAccount } from "../../src/storage/account.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The identity endpoint of App Service: https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
async function startIdentity() {
  const asked: URL[] = [];
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? "", "http://localhost"));
    const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ access_token: "token-17", expires_on, token_type: "Bearer" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  vi.stubEnv("IDENTITY_ENDPOINT", `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`);
  vi.stubEnv("IDENTITY_HEADER", "secret");
  return { asked, [Symbol.dispose]: () => void server.close() };
}

// That the app loads @azure/identity for nothing else is seen in test/project/builtApp.test.ts.
it("storage and ACS without a connection string are reached with tokens of the identity that a setting names", async () => {
  using identity = await startIdentity();
  vi.stubEnv("AzureWebJobsStorage", "");
  vi.stubEnv("AzureWebJobsStorage__accountName", "contosoevents");
  vi.stubEnv("AzureWebJobsStorage__clientId", "client-17");
  vi.stubEnv("ACS_ENDPOINT", "https://contoso.communication.azure.com/");
  const { connectionString, endpoint, credential } = storageAccount();
  expect(connectionString).toBeUndefined();
  expect(["blob", "table", "queue"].map((service) => endpoint(service as "blob"))).toEqual([
    "https://contosoevents.blob.core.windows.net",
    "https://contosoevents.table.core.windows.net",
    "https://contosoevents.queue.core.windows.net",
  ]);
  const acs = await acsResource();
  expect(acs.endpoint).toBe("https://contoso.communication.azure.com");
  for (const [one, scope] of [
    [await credential(), "https://storage.azure.com/.default"],
    [acs.credential, "https://communication.azure.com/.default"],
  ] as const) {
    if (!("getToken" in one)) throw new Error("No token credential.");
    expect((await one.getToken(scope))?.token).toBe("token-17");
  }
  const of = identity.asked.map(({ searchParams }) => [searchParams.get("resource"), searchParams.get("client_id")]);
  expect(of).toEqual([
    ["https://storage.azure.com", "client-17"],
    ["https://communication.azure.com", "client-17"],
  ]);
});

it("storage that no setting names is an error that says what to set", () => {
  vi.stubEnv("AzureWebJobsStorage", "");
  expect(() => storageAccount()).toThrow(/AzureWebJobsStorage__accountName/);
});
