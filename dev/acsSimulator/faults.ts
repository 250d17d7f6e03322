// Makes the next requests of a kind fail in a named way.
import { type Static, Type } from "typebox";
import { readBody } from "./readBody.ts";
import { json, type Reply } from "./reply.ts";
import { partOf } from "./serveObject.ts";
import { errorReply, SimulatorError } from "./simulatorError.ts";

const kinds = ["sms", "content", "metadata", "recording", "call"] as const;
export type FaultKind = (typeof kinds)[number];

/** Faults that are an error answer. */
const errors: Record<string, [status: number, code: string, retryAfterSeconds?: number]> = {
  "503": [503, "ServiceUnavailable"],
  "500": [500, "InternalServerError"],
  "429": [429, "TooManyRequests"],
  "429-retry-after": [429, "TooManyRequests", 1],
  "401": [401, "Denied"],
  "404": [404, "NotFound"],
};

/**
 * htmlError: 502 with a page. redirect: 302 to another ACS host. empty: the usual status, no body. cut: the
 * connection breaks within the body, after `afterBytes` or half of it. slow: `bytesPerSecond`. silent: no answer
 * ever. truncated: half of the body as if it were all. acceptThenCut: the request is carried out, and the
 * connection breaks before the answer.
 */
const others = ["htmlError", "redirect", "empty", "cut", "slow", "silent", "truncated", "acceptThenCut"] as const;

const faultBody = Type.Object(
  {
    kind: Type.Union(kinds.map((kind) => Type.Literal(kind))),
    fault: Type.Union([...Object.keys(errors), ...others].map((name) => Type.Literal(name))),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    documentId: Type.Optional(Type.String()),
    afterBytes: Type.Optional(Type.Integer({ minimum: 0 })),
    bytesPerSecond: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

type Fault = Static<typeof faultBody>;

/** What becomes of a request: an answer, none ever, or a broken connection. */
export type Outcome = Reply | "silent" | "cut";

export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  /** `POST /simulator/faults`. */
  add(body: Buffer): Reply {
    const fault = readBody(faultBody, body);
    this.#waiting.push({ fault, left: fault.times ?? 1 });
    return json(200, fault);
  }

  /** Answers a request by `handle`, in the way of the oldest fault that waits for such a request, if there is one. */
  async answer(
    kind: FaultKind | undefined,
    documentId: string | undefined,
    target: string,
    handle: () => Promise<Reply>,
  ): Promise<Outcome> {
    const waiting = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 && fault.kind === kind && (fault.documentId === undefined || fault.documentId === documentId),
    );
    if (!waiting) {
      return handle();
    }
    waiting.left -= 1;
    return faulty(waiting.fault, target, handle);
  }

  clear(): void {
    this.#waiting = [];
  }
}

async function faulty(fault: Fault, target: string, handle: () => Promise<Reply>): Promise<Outcome> {
  const error = errors[fault.fault];
  if (error) {
    const [status, code, retryAfter] = error;
    const headers: Record<string, string> = retryAfter ? { "retry-after": String(retryAfter) } : {};
    return errorReply(new SimulatorError(status, code, "A simulated fault."), target, headers);
  }
  if (fault.fault === "silent") {
    return "silent";
  }
  if (fault.fault === "htmlError") {
    const body = Buffer.from("<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>");
    return { status: 502, headers: { "content-type": "text/html" }, body };
  }
  if (fault.fault === "redirect") {
    return { status: 302, headers: { location: `https://us-storage.asm.skype.com${target}` } };
  }
  return spoilt(fault, await handle());
}

/** The fault's version of an answer to a request that was carried out. */
function spoilt(fault: Fault, reply: Reply): Outcome {
  const half = Math.floor((reply.body?.length ?? 0) / 2);
  switch (fault.fault) {
    case "slow":
      return { ...reply, bytesPerSecond: fault.bytesPerSecond ?? 64 * 1024 };
    case "empty":
      return { status: reply.status };
    case "truncated":
      return reply.body ? { ...reply, body: partOf(reply.body, 0, half) } : reply;
    case "cut":
      return reply.body ? { ...reply, cutAfter: fault.afterBytes ?? half } : "cut";
    default:
      return "cut";
  }
}
