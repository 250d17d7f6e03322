// Makes the next requests of a kind fail in a named way.
import { type Static, Type } from "typebox";
import { readBody } from "./readBody.ts";
import { json, type Reply } from "./reply.ts";
import { partOf } from "./serveObject.ts";
import { badRequest, errorReply, SimulatorError } from "./simulatorError.ts";

const kinds = [
  "sms",
  "optOut",
  "content",
  "metadata",
  "delete",
  "recording",
  "call",
  "announcement",
  "report",
] as const;
export type FaultKind = (typeof kinds)[number];

/** Faults that are an error answer. */
const errors: Record<string, [status: number, code: string, retryAfterSeconds?: number]> = {
  "503": [503, "ServiceUnavailable"],
  "500": [500, "InternalServerError"],
  "429": [429, "TooManyRequests"],
  "429-retry-after": [429, "TooManyRequests", 1],
  "401": [401, "Denied"],
  "403": [403, "Forbidden"],
  "404": [404, "NotFound"],
  "410": [410, "Gone"],
};

/** Faults that are an error answer with an HTML page, as gateways give them. */
const pages: Record<string, [status: number, title: string]> = {
  htmlError: [502, "Bad Gateway"],
  "503html": [503, "Service Unavailable"],
};

/**
 * redirect: 302 to another ACS host. empty: the usual status, no body. cut: the
 * connection breaks within the body, after `afterBytes` or half of it. slow: `bytesPerSecond`. silent: no answer
 * ever. truncated: half of the body as if it were all. acceptThenCut: the request is carried out, and the
 * connection breaks before the answer. lost: the event of a stopped recording (announcement) or the delivery report of a text
 * never comes. undelivered: the delivery report says that the text failed.
 */
const others = [
  "redirect",
  "empty",
  "cut",
  "slow",
  "silent",
  "truncated",
  "acceptThenCut",
  "lost",
  "undelivered",
] as const;

/** Kinds that are no requests, and what can happen to them. */
const ownFaults: Record<string, readonly string[]> = { announcement: ["lost"], report: ["lost", "undelivered"] };

const faultBody = Type.Object(
  {
    kind: Type.Enum(kinds),
    fault: Type.Enum([...Object.keys(errors), ...Object.keys(pages), ...others]),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Only for this document, or for this recording where the address has its id. */
    documentId: Type.Optional(Type.String()),
    afterBytes: Type.Optional(Type.Integer({ minimum: 0 })),
    bytesPerSecond: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

/** As it is posted to `/simulator/faults`. */
export type Fault = Static<typeof faultBody>;

/** What becomes of a request: an answer, none ever, or a broken connection. */
export type Outcome = Reply | "silent" | "cut";

export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  /** `POST /simulator/faults`. */
  add(body: Buffer): Reply {
    const fault = readBody(faultBody, body);
    const own = ownFaults[fault.kind];
    if (own ? !own.includes(fault.fault) : Object.values(ownFaults).flat().includes(fault.fault)) {
      throw badRequest("An announcement can be 'lost', a report 'lost' or 'undelivered', and nothing else can.");
    }
    this.#waiting.push({ fault, left: fault.times ?? 1 });
    return json(200, fault);
  }

  /** Answers a request by `handle`, in the way of the oldest fault that waits for such a request, if there is one. */
  async answer(
    kind: FaultKind | undefined,
    id: string | undefined,
    target: string,
    handle: () => Promise<Reply>,
  ): Promise<Outcome> {
    const fault = this.#take(kind, id);
    return fault ? faulty(fault, target, handle) : handle();
  }

  /** The fault of this kind that waited; it is used up. For what is no request. */
  takes(kind: FaultKind, id: string): Fault["fault"] | undefined {
    return this.#take(kind, id)?.fault;
  }

  #take(kind: FaultKind | undefined, id: string | undefined): Fault | undefined {
    const waiting = this.#waiting.find(
      ({ fault, left }) =>
        left > 0 && fault.kind === kind && (fault.documentId === undefined || fault.documentId === id),
    );
    if (waiting) {
      waiting.left -= 1;
    }
    return waiting?.fault;
  }

  /** Every fault since the last `clear`, and how many requests are still to meet it. */
  list(): (Fault & { left: number })[] {
    return this.#waiting.map(({ fault, left }) => ({ ...fault, left }));
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
  const page = pages[fault.fault];
  if (page) {
    const [status, title] = page;
    const body = Buffer.from(`<!DOCTYPE html><html><body><h1>${status} ${title}</h1></body></html>`);
    return { status, headers: { "content-type": "text/html" }, body };
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
