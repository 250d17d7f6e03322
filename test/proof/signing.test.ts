import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { setting } from "../../src/config.ts";
import { type SealHead, signedText } from "../../src/proof/head.ts";
import { isSignedBy } from "../../src/proof/signing/isSignedBy.ts";
import { isSignedWith } from "../../src/proof/signing/isSignedWith.ts";
import { signHead } from "../../src/proof/signing/signHead.ts";
import { signInVault } from "../../src/proof/signing/signInVault.ts";

afterEach(() => vi.unstubAllEnvs());

const head: SealHead = {
  ...{ version: 1, seq: 7, from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" },
  ...{ sealedAt: "2026-11-21T00:25:00.000Z", previous: "00".repeat(32), entries: 0, parts: [] },
};
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });

describe("a local key", () => {
  it.each([
    ["EdDSA", generateKeyPairSync("ed25519")],
    ["ES256", p256],
  ] as const)("signs with %s", async (algorithm, { privateKey, publicKey }) => {
    vi.stubEnv("SEAL_KEY", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const signature = await signHead(signedText(head), setting("SEAL_KEY"));
    expect(signature?.algorithm).toBe(algorithm);
    if (!signature) return;
    const other = generateKeyPairSync("ed25519").publicKey;
    expect(isSignedBy({ ...head, signature }, [other, publicKey])).toBe(true);
    expect(isSignedBy({ ...head, signature }, [other])).toBe(false);
    expect(isSignedBy({ ...head, seq: 8, signature }, [publicKey])).toBe(false);
  });

  it("must be one of the two, or the id of a key in Key Vault", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
    for (const wrong of [
      rsa.toString(),
      "key",
      "http://contoso.vault.azure.net/keys/seal",
      "https://example.com/keys/a",
    ]) {
      vi.stubEnv("SEAL_KEY", wrong);
      expect(() => setting("SEAL_KEY")).toThrow(/Key Vault key, or a private key .* is expected/);
    }
    vi.stubEnv("SEAL_KEY", "https://contoso.vault.azure.net/keys/seal");
    expect(setting("SEAL_KEY")).toEqual({ vaultKey: "https://contoso.vault.azure.net/keys/seal" });
  });
});

describe("Key Vault", () => {
  /** Signs as Key Vault does: https://learn.microsoft.com/rest/api/keyvault/keys/sign/sign */
  async function startVault(status = 200) {
    const asked: unknown[] = [];
    const server = createServer(async (request, answer) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { digest?: string; value: string };
      asked.push({ method: request.method, url: request.url, token: request.headers.authorization, ...body });
      // Node.js signs texts and no digests: it must be that of the head.
      const value = sign("sha256", Buffer.from(signedText(head)), { key: p256.privateKey, dsaEncoding: "ieee-p1363" });
      const kid = `http://127.0.0.1:${port}/keys/seal/9885aa558e8d448789683188f8c194b0`;
      answer.writeHead(status, { "content-type": "application/json" });
      const digest = createHash("sha256").update(signedText(head)).digest("base64url");
      if (request.url?.includes("/verify?")) return void answer.end(JSON.stringify({ value: body.digest === digest }));
      answer.end(JSON.stringify(status === 200 ? { kid, value: value.toString("base64url") } : { error: {} }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { asked, key: `http://127.0.0.1:${port}/keys/seal`, close: () => server.close().closeAllConnections() };
  }

  it("is asked to sign the digest, with the version of the key that is current", async () => {
    const vault = await startVault();
    const scopes: string[] = [];
    const token = async (scope: string) => {
      scopes.push(scope);
      return "a token";
    };
    const signature = await signInVault(vault.key, signedText(head), token);
    vault.close();
    const value = createHash("sha256").update(signedText(head)).digest("base64url");
    const url = "/keys/seal/sign?api-version=7.4";
    expect(vault.asked).toEqual([{ method: "POST", url, token: "Bearer a token", alg: "ES256", value }]);
    expect(scopes).toEqual(["https://vault.azure.net/.default"]);
    expect(isSignedBy({ ...head, signature }, [p256.publicKey])).toBe(true);
    expect(signature).toMatchObject({ algorithm: "ES256", key: `${vault.key}/9885aa558e8d448789683188f8c194b0` });
  });

  it("is asked whether a head is signed, if that is by our key; whoever wrote the head names it", async () => {
    const vault = await startVault();
    const signature = await signInVault(vault.key, signedText(head), async () => "a token");
    const token = async () => "a token";
    const key = { vaultKey: vault.key };
    expect(await isSignedWith({ ...head, signature }, key, token)).toBe(true);
    expect(await isSignedWith({ ...head, seq: 8, signature }, key, token)).toBe(false);
    const asked = vault.asked.length;
    for (const other of ["https://example.com/keys/seal/1", `${vault.key}2/1`, `${vault.key}@example.com/keys/seal`]) {
      expect(await isSignedWith({ ...head, signature: { ...signature, key: other } }, key, token)).toBe(false);
    }
    expect(await isSignedWith(head, key, token)).toBe(false);
    expect(vault.asked).toHaveLength(asked);
    vault.close();
  });

  it("that refuses leaves nothing sealed, and says what to do", async () => {
    const vault = await startVault(403);
    const refused = signInVault(vault.key, signedText(head), async () => "a token");
    await expect(refused).rejects.toMatchObject({
      ...{ code: "ACS_EVENTS_SEAL_NOT_SIGNED", retryable: true },
      message: expect.stringContaining("Key Vault answered 403"),
    });
    vault.close();
  });
});
