// Verifies the HMAC signature of a request the way ACS does.
// Source: learn.microsoft.com/rest/api/communication/authentication, and what the SDKs send.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface SignedRequest {
  method: string;
  /** Path and query exactly as they came in the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer | string;
}

const authorization = /^HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=(\S+)$/;

/**
 * Checks content hash, date and signature.
 * @param accessKey base64
 * @param windowMs how far x-ms-date may be from `now`, either way
 * @returns why the request is refused, or undefined if it is signed well
 */
export function signatureProblem(
  request: SignedRequest,
  accessKey: string,
  now: Date,
  windowMs: number,
): string | undefined {
  const { headers } = request;
  const signature = authorization.exec(headers.authorization ?? "")?.[1];
  const date = headers["x-ms-date"];
  const hash = headers["x-ms-content-sha256"];
  if (!signature || typeof date !== "string" || typeof hash !== "string") {
    return "The request has no HMAC-SHA256 signature over x-ms-date, host and x-ms-content-sha256.";
  }
  if (hash !== createHash("sha256").update(request.body).digest("base64")) {
    return "ContentHashMismatch: x-ms-content-sha256 is not the hash of the body.";
  }
  if (!(Math.abs(Date.parse(date) - now.getTime()) <= windowMs)) {
    return "IDX23010: Lifetime validation of the signed http request failed.";
  }
  const key = Buffer.from(accessKey, "base64");
  const given = Buffer.from(signature, "base64");
  const valid = signedTexts(request, date, hash).some((text) => {
    const expected = createHmac("sha256", key).update(text).digest();
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return valid ? undefined : "The signature does not match. Is it the right access key, host, path and query?";
}

function signedTexts({ method, target, headers }: SignedRequest, date: string, hash: string): string[] {
  const [path = "", query] = splitOnce(target, "?");
  const downloadHost = headers["x-ms-host"];
  const host = typeof downloadHost === "string" ? downloadHost : (headers.host ?? "");
  // Downloads are signed for the ACS endpoint's host and without the query; all else with it, and the SDKs sign
  // the query as URLSearchParams writes it, which need not be how it is sent.
  const targets =
    downloadHost === undefined && query ? [target, `${path}?${new URLSearchParams(query).toString()}`] : [path];
  return targets.map((signed) => `${method}\n${signed}\n${date};${host};${hash}`);
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
