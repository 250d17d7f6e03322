// Key Vault's operations on a key over REST: one call, which needs no SDK.
// https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign and …/verify/verify
import { isLoopbackHost } from "../../acs/isLoopbackHost.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { managedIdentity } from "../../storage/account.ts";

const apiVersion = "7.4";

/** The access token for a scope. */
export type GetToken = (scope: string) => Promise<string>;

/**
 * Has Key Vault do something with a key.
 * @param keyId `https://{vault}/keys/{name}`, with a version or without
 * @returns what it answers
 * @throws AcsEventsError ACS_EVENTS_SEAL_NOT_SIGNED (retryable)
 */
export async function askVault(
  keyId: string,
  operation: "sign" | "verify",
  body: object,
  getToken: GetToken = byIdentity,
): Promise<Record<string, unknown>> {
  const { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } = await import(
    "@azure/core-rest-pipeline"
  );
  const url = new URL(keyId);
  const local = isLoopbackHost(url.hostname);
  // The audience of a vault is its cloud's: https://vault.azure.net for https://contoso.vault.azure.net.
  const scope = `https://${local ? "vault.azure.net" : url.hostname.replace(/^[^.]+\./, "")}/.default`;
  const token = await getToken(scope).catch((cause: unknown) => {
    throw failure("The app's identity gets no token for Key Vault", cause);
  });
  const request = createPipelineRequest({
    url: `${keyId.replace(/\/$/, "")}/${operation}?api-version=${apiVersion}`,
    method: "POST",
    headers: createHttpHeaders({ "content-type": "application/json", authorization: `Bearer ${token}` }),
    body: JSON.stringify(body),
    timeout: 15_000,
    allowInsecureConnection: local,
  });
  const { status, bodyAsText } = await createDefaultHttpClient()
    .sendRequest(request)
    .catch((cause: unknown) => {
      throw failure("Key Vault does not answer", cause);
    });
  const answer = status === 200 ? parse(bodyAsText ?? "") : undefined;
  if (!answer) throw failure(`Key Vault answered ${status}`);
  return answer;
}

async function byIdentity(scope: string): Promise<string> {
  const { token } = await (await managedIdentity()).getToken(scope).then((got) => got ?? { token: "" });
  return token;
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const answer = JSON.parse(body) as unknown;
    return typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function failure(what: string, cause?: unknown): AcsEventsError {
  const message = `${what}, so nothing was sealed. SEAL_KEY must be an EC P-256 key that may sign and verify, and the app's identity needs the role Key Vault Crypto User on it.`;
  return new AcsEventsError("ACS_EVENTS_SEAL_NOT_SIGNED", message, { retryable: true, cause });
}
