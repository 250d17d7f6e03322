import { expect, it } from "vitest";
import { incomingCallError } from "../../src/acs/incomingCallError.ts";

it.each<[object, { retryable: boolean; mayHaveActed: boolean }]>([
  [{ name: "AbortError" }, { retryable: true, mayHaveActed: true }],
  [
    { name: "RestError", code: "ECONNRESET" },
    { retryable: true, mayHaveActed: true },
  ],
  [
    { name: "RestError", code: "ENOTFOUND" },
    { retryable: true, mayHaveActed: false },
  ],
  [
    { name: "AuthenticationError", statusCode: 400 },
    { retryable: true, mayHaveActed: false },
  ],
  [
    { statusCode: 200, code: "PARSE_ERROR" },
    { retryable: true, mayHaveActed: true },
  ],
  [{ statusCode: 400 }, { retryable: false, mayHaveActed: false }],
  [{ statusCode: 401 }, { retryable: false, mayHaveActed: false }],
  [
    { statusCode: 404, code: "8522" },
    { retryable: false, mayHaveActed: false },
  ],
  [{ statusCode: 408 }, { retryable: true, mayHaveActed: true }],
  [{ statusCode: 429 }, { retryable: true, mayHaveActed: false }],
  [{ statusCode: 500 }, { retryable: true, mayHaveActed: true }],
  [{ statusCode: 504 }, { retryable: true, mayHaveActed: true }],
])("says of %j whether a retry may help, and whether ACS may have acted on the call", (thrown, expected) => {
  const secret = "context-of-the-call";
  const { message, retryable, cause } = incomingCallError({ ...thrown, message: secret, request: { body: secret } });
  expect({ retryable, mayHaveActed: /acted on the call/.test(message) }).toEqual(expected);
  expect([message, cause]).toEqual([expect.not.stringContaining(secret), undefined]);
});
