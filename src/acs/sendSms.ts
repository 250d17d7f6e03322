// The SMS provider. The SDK makes fresh repeatability ids at each send, so a repeated send would be a second message; a policy
// puts ours in their place. It must run per call: after the body is serialised and before it is signed.

import type { SmsClient } from "@azure/communication-sms";
import { settingOrDefault } from "../config.ts";
import { acsResource } from "./credential.ts";
import { type Repeatability, repeatabilityHeader, withRepeatability } from "./repeatability.ts";
import { type SmsFailure, smsFailure } from "./smsFailure.ts";
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

/** `messageId` is absent when ACS gave none. */
export type SmsOutcome = { outcome: "accepted"; messageId?: string } | SmsFailure;

const repeatabilityPolicy = withRepeatability((request, id, firstSent) => {
  if (typeof request.body !== "string") return;
  const body = JSON.parse(request.body) as { smsRecipients: Record<string, string>[] };
  for (const recipient of body.smsRecipients) {
    recipient.repeatabilityRequestId = id;
    recipient.repeatabilityFirstSent = firstSent;
  }
  request.body = JSON.stringify(body);
});

/** Sends one text with a delivery report. @returns what became of it; a failure is an outcome, never thrown */
export async function sendSms({ from, to, message, tag, repeatability }: OutgoingSms): Promise<SmsOutcome> {
  try {
    const client = await smsClient();
    // The timeout of the request alone ends with the answer's head.
    const abortSignal = AbortSignal.timeout(settingOrDefault("SMS_TIMEOUT"));
    const requestOptions = { customHeaders: repeatabilityHeader(repeatability) };
    const [result] = await client.send(
      { from, to: [to], message },
      { enableDeliveryReport: true, tag, requestOptions, abortSignal },
    );
    if (result?.successful) {
      return { outcome: "accepted", ...(result.messageId && { messageId: result.messageId }) };
    }
    const { httpStatusCode: statusCode = 0, errorMessage = "no result" } = result ?? {};
    return smsFailure({ statusCode, message: errorMessage });
  } catch (error) {
    return smsFailure(error);
  }
}

async function smsClient(): Promise<SmsClient> {
  const [{ SmsClient }, { endpoint, credential }, transport] = await Promise.all([
    import("@azure/communication-sms"),
    acsResource(),
    acsTransport(),
  ]);
  // One request a send: the outbox tries again, and an answer then speaks for all that was sent.
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
