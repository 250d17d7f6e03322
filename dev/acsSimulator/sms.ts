// SMS of the simulator: accepts messages as ACS does and publishes what follows from them.
// Source: SMS REST API (swagger 2021-03-07 and 2026-01-23); limits: 1 to 100 recipients, 2048 characters.
import { Type } from "typebox";
import type { Context } from "./context.ts";
import type { Faults } from "./faults.ts";
import { e164, sender } from "./numbers.ts";
import type { OptOuts } from "./optOuts.ts";
import { readBody } from "./readBody.ts";
import { Repeatability } from "./repeatability.ts";
import { json, type Reply } from "./reply.ts";
import { badRequest } from "./simulatorError.ts";
import { smsEvents } from "./smsEvents.ts";

/** A message that was accepted. */
export interface SentMessage {
  messageId: string;
  from: string;
  to: string;
  message: string;
  tag?: string;
  /** ISO 8601, UTC. */
  sentAt: string;
}

const sendBody = Type.Object({
  from: Type.String(),
  smsRecipients: Type.Array(
    Type.Object({
      to: Type.String(),
      repeatabilityRequestId: Type.Optional(Type.String()),
      repeatabilityFirstSent: Type.Optional(Type.String()),
    }),
    { minItems: 1, maxItems: 100 },
  ),
  message: Type.String({ minLength: 1, maxLength: 2048 }),
  smsSendOptions: Type.Optional(
    Type.Object({ enableDeliveryReport: Type.Optional(Type.Boolean()), tag: Type.Optional(Type.String()) }),
  ),
});

export class Sms {
  readonly messages: SentMessage[] = [];
  readonly #sends = new Repeatability<string>();
  readonly #context: Context;
  readonly #optOuts: OptOuts;
  readonly #numbers: ReadonlySet<string>;
  readonly #faults: Faults;

  constructor(context: Context, optOuts: OptOuts, numbers: ReadonlySet<string>, faults: Faults) {
    this.#context = context;
    this.#optOuts = optOuts;
    this.#numbers = numbers;
    this.#faults = faults;
  }

  /** `POST /sms`: 202 with one result per recipient. */
  send(body: Buffer): Reply {
    const { from, smsRecipients, message, smsSendOptions = {} } = readBody(sendBody, body);
    if (!sender.test(from)) {
      throw badRequest("'from' must be an E.164 number with +, a short code or an alphanumeric sender id.");
    }
    const value = smsRecipients.map(({ to, repeatabilityRequestId, repeatabilityFirstSent }) => {
      if (!e164.test(to)) {
        return failed(to, "Invalid To phone number format.");
      }
      const request = JSON.stringify([from, to, message, smsSendOptions]);
      const messageId = this.#sends.answer(repeatabilityRequestId, repeatabilityFirstSent, request, () =>
        this.#accept({ from, to, message, ...smsSendOptions }),
      );
      return messageId === undefined
        ? { ...failed(to, "The repeatability id belongs to another message."), repeatabilityResult: "rejected" }
        : { to, messageId, httpStatusCode: 202, repeatabilityResult: "accepted", successful: true };
    });
    return json(202, { value });
  }

  clear(): void {
    this.messages.length = 0;
    this.#sends.clear();
  }

  #accept(sent: { from: string; to: string; message: string; tag?: string; enableDeliveryReport?: boolean }): string {
    const { from, to, message, tag } = sent;
    const at = this.#context.clock();
    const stamp = at.toISOString().replace(/\D/g, "").slice(0, 14);
    const messageId = `Outgoing_${stamp}${crypto.randomUUID()}`;
    this.messages.push({
      messageId,
      from,
      to,
      message,
      ...(tag === undefined ? {} : { tag }),
      sentAt: at.toISOString(),
    });
    const blocked = this.#optOuts.has(from, to);
    const fault = sent.enableDeliveryReport ? this.#faults.takes("report", messageId) : "lost";
    if (fault !== "lost") {
      const trouble = fault === "undelivered" ? "Number unreachable." : undefined;
      const failure = blocked ? "Sender blocked for given recipient." : trouble;
      this.#context.publish(smsEvents.deliveryReport({ messageId, from, to, tag, failure, at }));
    }
    if (this.#numbers.has(to) && !blocked) {
      this.#context.publish(
        smsEvents.received({ messageId: `Incoming_${stamp}${crypto.randomUUID()}`, from, to, message, at }),
      );
    }
    return messageId;
  }
}

function failed(to: string, errorMessage: string) {
  return { to, httpStatusCode: 400, successful: false, errorMessage };
}
