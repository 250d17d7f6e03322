// Call Automation signs its callbacks with a JWT whose keys are published by OpenID discovery.
// Source: learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { json, type Reply } from "./reply.ts";

const issuer = "https://acscallautomation.communication.azure.com";
const lifeSeconds = 300;
const keyId = "acs-simulator";

/** Signs tokens with a key of its own and publishes the public half. */
export class CallbackTokens {
  #keys: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

  /** Made at the first use: an RSA key takes a while and most runs need none. */
  #pair() {
    this.#keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.#keys;
  }

  /** A token for `audience` (the resource's immutable id), valid for five minutes. */
  token(audience: string, now: Date): string {
    const seconds = Math.floor(now.getTime() / 1000);
    const claims = { iss: issuer, aud: audience, iat: seconds, nbf: seconds, exp: seconds + lifeSeconds };
    const signed = [{ alg: "RS256", typ: "JWT", kid: keyId }, claims].map(base64UrlJson).join(".");
    return `${signed}.${sign("sha256", Buffer.from(signed), this.#pair().privateKey).toString("base64url")}`;
  }

  /** The OpenID configuration, with the key set's address at the host that was asked. */
  configuration(origin: string): Reply {
    return json(200, {
      issuer,
      jwks_uri: `${origin}/calling/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
  }

  keySet(): Reply {
    const key = this.#pair().publicKey.export({ format: "jwk" });
    return json(200, { keys: [{ ...key, use: "sig", alg: "RS256", kid: keyId }] });
  }
}

function base64UrlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
