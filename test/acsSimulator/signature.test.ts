import { describe, expect, it } from "vitest";
import { signatureProblem } from "../../dev/acsSimulator/signature.ts";

const accessKey = Buffer.alloc(32, 7).toString("base64");
const date = "Fri, 02 Jan 2026 03:04:05 GMT";
const now = new Date(date);
const minutes = 60_000;
const emptyHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

function signed(method: string, host: string, target: string, signature: string, body = "", hash = emptyHash) {
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  return { method, target, body, headers: { host, authorization, "x-ms-date": date, "x-ms-content-sha256": hash } };
}

const vectors = {
  post: signed(
    "POST",
    "contoso.communication.azure.com",
    "/sms?api-version=2021-03-07",
    "UhJmkWjLRiqifvx6dOZgEnofIEWJ4Fx6Cxe7du289Ag=",
    '{"a":"é"}',
    "s6CSpq9IgH+pSCsu4UAQVXXaom1bJLPA5gp+Le5mg7E=",
  ),
  port: signed(
    "GET",
    "127.0.0.1:8080",
    "/calling/recordings/abc?api-version=2026-03-12",
    "Di1Fz2IRrjsNEvjME5kyio0K32Yx0NOmn6ePinpWlGU=",
  ),
  query: signed(
    "GET",
    "contoso.communication.azure.com",
    "/x?b=1%202&a=c:d",
    "sn38r1XzOQd8VtI7etxv66o9yaEoR4Us9bCyBx+3V40=",
  ),
};

describe("signatureProblem", () => {
  it.each(Object.entries(vectors))("accepts what the SDK signs: %s", (_, request) => {
    expect(signatureProblem(request, accessKey, now, 15 * minutes)).toBeUndefined();
  });

  it("verifies a download for the host in x-ms-host and without the query", () => {
    const { headers } = vectors.query;
    const request = { ...vectors.query, headers: { ...headers, "x-ms-host": headers.host } };
    expect(signatureProblem(request, accessKey, now, 15 * minutes)).toMatch("does not match");
  });

  it("refuses another key, method, host, path or body", () => {
    const { post } = vectors;
    const wrong = [
      { ...post, method: "PUT" },
      { ...post, target: "/sms?api-version=2021-03-08" },
      { ...post, headers: { ...post.headers, host: "fabrikam.communication.azure.com" } },
      { ...post, body: '{"a":"e"}' },
    ];
    for (const request of wrong) {
      expect(signatureProblem(request, accessKey, now, 15 * minutes)).toBeDefined();
    }
    expect(signatureProblem(post, Buffer.alloc(32, 8).toString("base64"), now, 15 * minutes)).toMatch("does not match");
  });

  it("refuses a bearer token and a date outside the window", () => {
    const { port } = vectors;
    const bearer = { ...port, headers: { ...port.headers, authorization: "Bearer e30.e30.sig" } };
    expect(signatureProblem(bearer, accessKey, now, 15 * minutes)).toMatch("no HMAC-SHA256 signature");
    const later = new Date(now.getTime() + 16 * minutes);
    expect(signatureProblem(port, accessKey, later, 15 * minutes)).toMatch("IDX23010");
  });
});
