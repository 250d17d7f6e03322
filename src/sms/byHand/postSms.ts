// `POST /api/sms`: texts by hand, through the same outbox as the automatic replies.
import { createHash } from "node:crypto";
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { validBody } from "../../http/validBody.ts";
import { claim } from "../../storage/ledger.ts";
import { longestReply } from "../deciding/longestReply.ts";
import { countSegments } from "../deciding/segments.ts";
import { validateSendBody } from "../generated/validateSendBody.js";
import { recipientsOf, senderOf } from "./numbersOf.ts";
import { placeByHand } from "./placeByHand.ts";

/**
 * The handler of `POST /api/sms`. 202 with what became of each recipient's text; sending goes on in jobs. The same key with the same body
 * gives the same texts, and sends none again.
 */
export const postSms = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const key = idempotencyKey(request);
  const body = await validBody(request, validateSendBody);
  const [from, to] = [senderOf(body.from), recipientsOf(body.to)];
  checkLength(body.message);
  await bindKey(key, JSON.stringify([from, to, body.message]));
  const value: object[] = [];
  for (const one of to) value.push(await placeByHand({ from, to: one, message: body.message, key }));
  const { encoding, segments } = countSegments(body.message);
  return { status: 202, headers: { "cache-control": "no-store" }, jsonBody: { value, encoding, segments } };
});

function idempotencyKey({ headers }: HttpRequest): string {
  const key = headers.get("idempotency-key")?.trim() ?? "";
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new AcsEventsError(
    "ACS_EVENTS_BAD_REQUEST",
    "Header Idempotency-Key is missing: a name of your own for this request (at most 200 characters, no spaces). Repeat it with the request, and nothing is sent twice.",
    { status: 400, target: "Idempotency-Key" },
  );
}

function checkLength(message: string): void {
  const { characters, segments } = countSegments(message);
  if (message.length <= longestReply) return;
  throw new AcsEventsError(
    "ACS_EVENTS_SMS_TOO_LONG",
    `The message has ${characters} characters, which is ${segments} segments. ACS takes ${longestReply} characters; shorten it, or send it in parts.`,
    { status: 400, target: "message" },
  );
}

/** A key stands for one request for ever. */
async function bindKey(key: string, request: string): Promise<void> {
  const hash = createHash("sha256").update(request).digest("hex");
  const { row } = await claim(["smsRequest", key], { hash, at: new Date() });
  if (row.hash === hash) return;
  throw new AcsEventsError(
    "ACS_EVENTS_IDEMPOTENCY_KEY_USED",
    "This Idempotency-Key belongs to another request. Use a new one; keep it only to repeat the very same request.",
    { status: 422, target: "Idempotency-Key" },
  );
}
