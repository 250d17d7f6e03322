// The SMS provider. The SDK makes fresh repeatability ids at each send, so a repeated send would be a second message; a policy
// puts ours in their place. It must run per call: after the body is serialised and before it is signed.

import type { SmsClient } from "@azure/communication-sms";
import { AcsEventsError } from "../events/errors.ts";
import { acsResource } from "./credential.ts";
import { type Repeatability, repeatabilityHeader, withRepeatability } from "./repeatability.ts";
import { acsTransport } from "./transport.ts";

export interface OutgoingSms {
  from: string;
  to: string;
  message: string;
  /** Comes back in the delivery report. */
  tag: string;
  /** ACS sends one message for one id, however often it is asked to. */
  repeatability: Repeatability;
}

export type SmsResult = { accepted: true; messageId: string } | { accepted: false; status: number; error: string };

/** No answer within this many milliseconds is a failure to retry; the SDK would wait for ever. */
const timeout = 30_000;

const repeatabilityPolicy = withRepeatability((request, id, firstSent) => {
  if (typeof request.body !== "string") return;
  const body = JSON.parse(request.body) as { smsRecipients: Record<string, string>[] };
  for (const recipient of body.smsRecipients) {
    recipient.repeatabilityRequestId = id;
    recipient.repeatabilityFirstSent = firstSent;
  }
  request.body = JSON.stringify(body);
});

/**
 * Sends one text with a delivery report.
 * @returns what ACS answered for the recipient; a refusal is an answer, not an error
 * @throws AcsEventsError ACS_EVENTS_SMS_UNAVAILABLE when ACS could not take the text now; RestError or AbortError when ACS could not be asked or refused the whole request
 */
export async function sendSms({ from, to, message, tag, repeatability }: OutgoingSms): Promise<SmsResult> {
  const client = await smsClient();
  const [result] = await client.send(
    { from, to: [to], message },
    {
      enableDeliveryReport: true,
      tag,
      requestOptions: {
        timeout,
        customHeaders: repeatabilityHeader(repeatability),
      },
    },
  );
  if (result?.successful) return { accepted: true, messageId: result.messageId ?? "" };
  const { httpStatusCode: status = 0, errorMessage: error = "no result" } = result ?? {};
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { accepted: false, status, error };
  throw new AcsEventsError(
    "ACS_EVENTS_SMS_UNAVAILABLE",
    `ACS answered ${status} for the recipient. It is asked again.`,
    {
      retryable: true,
      status,
    },
  );
}

async function smsClient(): Promise<SmsClient> {
  const [{ SmsClient }, { endpoint, credential }, transport] = await Promise.all([
    import("@azure/communication-sms"),
    acsResource(),
    acsTransport(),
  ]);
  // One request a send: the queue tries again, and an answer then speaks for all that was sent.
  const retryOptions = { maxRetries: 0 };
  const options = {
    ...transport,
    retryOptions,
    additionalPolicies: [{ policy: repeatabilityPolicy, position: "perCall" as const }],
  };
  // One constructor for each kind of credential: the overloads do not take their union.
  return "key" in credential
    ? new SmsClient(endpoint, credential, options)
    : new SmsClient(endpoint, credential, options);
}
