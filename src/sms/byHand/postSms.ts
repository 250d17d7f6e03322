// `POST /api/sms`: texts by hand, through the same outbox as the automatic replies.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { validBody } from "../../http/validBody.ts";
import { keyedHash } from "../../storage/keyedHash.ts";
import { claim } from "../../storage/ledger.ts";
import { longestReply } from "../deciding/longestReply.ts";
import { countSegments } from "../deciding/segments.ts";
import { validateSendBody } from "../generated/validateSendBody.js";
import { recipientsOf, senderOf } from "./numbersOf.ts";
import { placeByHand } from "./placeByHand.ts";

/** Recipients that are placed at once. */
const atOnce = 8;

/** Characters up to which the segments of a text that is too long are counted. */
const longestCounted = 10_000;

/**
 * The handler of `POST /api/sms`. 202 with what became of each recipient's text; sending goes on in jobs. The same key with the same body
 * gives the same texts, and sends none again.
 */
export const postSms = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const key = idempotencyKey(request);
  const body = await validBody(request, validateSendBody);
  const [from, to] = [senderOf(body.from), recipientsOf(body.to)];
  checkMessage(body.message);
  await bindKey(key, JSON.stringify([from, to, body.message]));
  const places = new Semaphore(atOnce);
  const value = await Promise.all(
    to.map((one) => places.runExclusive(() => placeByHand({ from, to: one, message: body.message, key }))),
  );
  const { encoding, segments } = countSegments(body.message);
  return { status: 202, headers: { "cache-control": "no-store" }, jsonBody: { value, encoding, segments } };
});

function idempotencyKey({ headers }: HttpRequest): string {
  const key = headers.get("idempotency-key")?.trim() ?? "";
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw bad(
    "Idempotency-Key",
    `Header Idempotency-Key ${key ? "has another form" : "is missing"}: a name of your own for this request, at most 200 letters, digits and signs, no spaces. Repeat it with the request, and nothing is sent twice.`,
  );
}

function checkMessage(message: string): void {
  if (!/[^\s\p{C}\p{M}]/u.test(message)) throw bad("message", "The message has nothing to read in it.");
  if (!message.isWellFormed() || /[^\P{Cc}\n\r\t]/u.test(message)) {
    throw bad("message", "The message has control characters, or half of a character.");
  }
  if (message.length <= longestReply) return;
  // Counting takes its time with what nobody sends.
  const segments = message.length > longestCounted ? "" : `, which is ${countSegments(message).segments} segments`;
  throw new AcsEventsError(
    "ACS_EVENTS_SMS_TOO_LONG",
    `The message has ${message.length} characters${segments}. ACS takes ${longestReply} characters; shorten it, or send it in parts.`,
    { status: 400, target: "message" },
  );
}

function bad(target: string, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 400, target });
}

/** A key stands for one request for ever. */
async function bindKey(key: string, request: string): Promise<void> {
  // Keyed: the row stays when the recipient is erased, and a plain hash of a number and a few words is soon guessed.
  const hash = await keyedHash("smsRequest", request);
  const { row } = await claim(["smsRequest", key], { hash, at: new Date() });
  if (row.hash === hash) return;
  throw new AcsEventsError(
    "ACS_EVENTS_IDEMPOTENCY_KEY_USED",
    "This Idempotency-Key belongs to another request. Use a new one; keep it only to repeat the very same request.",
    { status: 422, target: "Idempotency-Key" },
  );
}
