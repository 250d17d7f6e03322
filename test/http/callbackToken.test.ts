// What becomes of a callback when ACS does not say by which keys it signs; tokens, good and bad: test/app/callCallbacks.test.ts.
import { HttpRequest, InvocationContext } from "@azure/functions";
import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { checkCallbackToken, type GetJson } from "../../src/http/callbackToken.ts";

const audience = "5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42";
const issuer = "https://acscallautomation.communication.azure.com";
const configuration = { issuer, jwks_uri: `${issuer}/keys` };

vi.stubEnv("ACS_RESOURCE_ID", audience);
beforeEach(() => {
  // A day later nothing is known of ACS any more.
  vi.setSystemTime(Date.now() + 86_400_001);
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

async function check(keys: unknown) {
  const { privateKey } = await generateKeyPair("RS256");
  const claims = new SignJWT().setProtectedHeader({ alg: "RS256", kid: "1" }).setExpirationTime("1h");
  const token = await claims.setIssuer(issuer).setAudience(audience).sign(privateKey);
  const headers = { authorization: `Bearer ${token}` };
  const request = new HttpRequest({ method: "POST", url: "http://localhost/api/callbacks/calls", headers });
  const getJson: GetJson = async (url) => (url === configuration.jwks_uri ? keys : configuration);
  return checkCallbackToken(request, new InvocationContext(), getJson);
}

it.each([[{}], [null], [{ keys: "none" }], [[]]])(
  "is no verdict on the token: %j in place of the keys",
  async (keys) => {
    await expect(check(keys)).rejects.toThrow(expect.not.objectContaining({ code: "ACS_EVENTS_BAD_TOKEN" }));
  },
);

it("refuses a token by a key that is not among them", async () => {
  await expect(check({ keys: [] })).rejects.toMatchObject({ code: "ACS_EVENTS_BAD_TOKEN", status: 401 });
});
