// Key Vault's sign operation over REST: one call, which needs no SDK.
// https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign
import { hash } from "node:crypto";
import { isLoopbackHost } from "../../acs/isLoopbackHost.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { managedIdentity } from "../../storage/account.ts";
import type { Signature } from "../head.ts";

const apiVersion = "7.4";

/** The access token for a scope. */
export type GetToken = (scope: string) => Promise<string>;

/**
 * Signs a text with an EC P-256 key of Key Vault (ES256).
 * @param keyId `https://{vault}/keys/{name}`, with a version or without
 * @throws AcsEventsError ACS_EVENTS_SEAL_NOT_SIGNED (retryable)
 */
export async function signInVault(keyId: string, text: string, getToken: GetToken = byIdentity): Promise<Signature> {
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
    url: `${keyId.replace(/\/$/, "")}/sign?api-version=${apiVersion}`,
    method: "POST",
    headers: createHttpHeaders({ "content-type": "application/json", authorization: `Bearer ${token}` }),
    body: JSON.stringify({ alg: "ES256", value: Buffer.from(hash("sha256", text), "hex").toString("base64url") }),
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
  return { algorithm: "ES256", key: answer.kid, value: answer.value };
}

async function byIdentity(scope: string): Promise<string> {
  const { token } = await (await managedIdentity()).getToken(scope).then((got) => got ?? { token: "" });
  return token;
}

function parse(body: string): { kid: string; value: string } | undefined {
  try {
    const { kid, value } = JSON.parse(body) as Record<string, unknown>;
    return typeof kid === "string" && typeof value === "string" ? { kid, value } : undefined;
  } catch {
    return undefined;
  }
}

function failure(what: string, cause?: unknown): AcsEventsError {
  const message = `${what}, so nothing was sealed. SEAL_KEY must be an EC P-256 key, and the app's identity needs the role Key Vault Crypto User on it.`;
  return new AcsEventsError("ACS_EVENTS_SEAL_NOT_SIGNED", message, { retryable: true, cause });
}
