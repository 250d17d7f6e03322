// The opt-out list of the simulator: who wants no texts from which number.
// Source: SMS REST API, swagger 2026-01-23, and its example of a recipient with too short a number.
import { Type } from "typebox";
import { sender } from "./numbers.ts";
import { readBody } from "./readBody.ts";
import { json, type Reply } from "./reply.ts";
import { badRequest } from "./simulatorError.ts";

const optOutBody = Type.Object({
  from: Type.String({ minLength: 1 }),
  recipients: Type.Array(Type.Object({ to: Type.String({ minLength: 1 }) }), { minItems: 1, maxItems: 100 }),
});

/** A number that can be somebody's; country code 999 is no country's: its numbers are refused. */
const recipient = /^\+(?!999)[1-9]\d{6,14}$/;

/** `POST /sms/optouts:{action}`: 200 with one result per recipient. */
export class OptOuts {
  readonly #pairs = new Set<string>();

  has(from: string, to: string): boolean {
    return this.#pairs.has(`${from} ${to}`);
  }

  /** @param action add, remove or check */
  apply(action: string, body: Buffer): Reply {
    const { from, recipients } = readBody(optOutBody, body);
    if (!sender.test(from)) {
      throw badRequest("'from' must be an E.164 number with +, a short code or an alphanumeric sender id.");
    }
    const value = recipients.map(({ to }) => {
      if (!recipient.test(to)) {
        return { to, httpStatusCode: 400, errorMessage: "Invalid recipient phone number format" };
      }
      if (action === "add") {
        this.#pairs.add(`${from} ${to}`);
      } else if (action === "remove") {
        this.#pairs.delete(`${from} ${to}`);
      }
      return { to, httpStatusCode: 200, ...(action === "check" ? { isOptedOut: this.has(from, to) } : {}) };
    });
    return json(200, { value });
  }

  clear(): void {
    this.#pairs.clear();
  }
}
