// The callbacks of Call Automation carry a JWT that ACS signs for the resource's immutable id.
// https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
import type { HttpRequest, InvocationContext } from "@azure/functions";
import type { JWTVerifyGetKey } from "jose";
import { setting } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";

/** Gets a public JSON document of ACS. */
export type GetJson = (url: string) => Promise<unknown>;

const configurationUrl = "https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration";

interface Issuer {
  issuer: string;
  keys: JWTVerifyGetKey;
}

/** What ACS says of itself is asked for again after this time, in milliseconds: an issuer may move. */
const maxAge = 24 * 3_600_000;

let known: { issuer: Promise<Issuer>; until: number } | undefined;

/**
 * Checks that a request comes from ACS and is meant for this app's resource.
 * @param getJson passed in, so that development has the simulator's keys
 * @throws AcsEventsError ACS_EVENTS_BAD_TOKEN (401); another error when the keys cannot be had, which is no verdict
 */
export async function checkCallbackToken(
  request: HttpRequest,
  context: InvocationContext,
  getJson: GetJson,
): Promise<void> {
  const audience = setting("ACS_RESOURCE_ID");
  if (!audience) {
    context.warn("ACS_RESOURCE_ID is not set, so every callback is refused: set it to the resource's immutable id.");
    throw refusal();
  }
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw refusal();
  const { issuer, keys } = await knownIssuer(getJson);
  const { errors, jwtVerify } = await import("jose");
  const rules = { algorithms: ["RS256"], issuer, audience, clockTolerance: 60, requiredClaims: ["exp"] };
  await jwtVerify(token, keys, rules).catch((error) => {
    // What came of fetching the keys says nothing of the token.
    const ofKeys = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
    if (ofKeys || !(error instanceof errors.JOSEError)) throw error;
    throw refusal(error);
  });
}

function knownIssuer(getJson: GetJson): Promise<Issuer> {
  if (known && Date.now() < known.until) return known.issuer;
  const opened = { issuer: open(getJson), until: Date.now() + maxAge };
  known = opened;
  opened.issuer.catch(() => {
    if (known === opened) known = undefined;
  });
  return opened.issuer;
}

async function open(getJson: GetJson): Promise<Issuer> {
  const [{ createRemoteJWKSet, customFetch }, configuration] = await Promise.all([
    import("jose"),
    getJson(configurationUrl),
  ]);
  const { issuer, jwks_uri } = (configuration ?? {}) as { issuer?: unknown; jwks_uri?: unknown };
  if (typeof issuer !== "string" || typeof jwks_uri !== "string")
    throw new Error("ACS's OpenID configuration is not one.");
  const keys = createRemoteJWKSet(new URL(jwks_uri), {
    // An unknown key id is looked up at most so often, whoever makes them up.
    cooldownDuration: 30_000,
    cacheMaxAge: maxAge,
    [customFetch]: async (url: string) => Response.json(await getJson(url)),
  });
  return { issuer, keys };
}

function refusal(cause?: unknown): AcsEventsError {
  const message = "A callback needs a bearer token that ACS signed for this app's resource and whose time is not over.";
  return new AcsEventsError("ACS_EVENTS_BAD_TOKEN", message, { status: 401, cause });
}
