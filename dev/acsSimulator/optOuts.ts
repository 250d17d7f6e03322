import { Type } from "typebox";
import { readBody } from "./readBody.ts";
import { json, type Reply } from "./reply.ts";

const optOutBody = Type.Object({
  from: Type.String(),
  recipients: Type.Array(Type.Object({ to: Type.String() }), { minItems: 1, maxItems: 100 }),
});

/** Who no longer wants texts from which number (`POST /sms/optouts:{action}`, API 2026-01-23). */
export class OptOuts {
  readonly #pairs = new Set<string>();

  has(from: string, to: string): boolean {
    return this.#pairs.has(`${from} ${to}`);
  }

  /** @param action add, remove or check */
  apply(action: string, body: Buffer): Reply {
    const { from, recipients } = readBody(optOutBody, body);
    const value = recipients.map(({ to }) => {
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
