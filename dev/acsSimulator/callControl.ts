// Answering, redirecting and rejecting calls: the simulator checks the request, writes down what was done, and calls back after an
// answer.
import { Type } from "typebox";
import { guidOf, serverCallIdOf } from "./callIds.ts";
import type { Context } from "./context.ts";
import { readBody } from "./readBody.ts";
import { json, type Reply } from "./reply.ts";
import { badRequest } from "./simulatorError.ts";

const incomingCallContext = Type.String({ minLength: 1 });

const bodies = {
  answer: Type.Object({ incomingCallContext, callbackUri: Type.String({ minLength: 1 }) }),
  redirect: Type.Object({ incomingCallContext, target: Type.Object({}) }),
  reject: Type.Object({
    incomingCallContext,
    callRejectReason: Type.Optional(Type.Union(["none", "busy", "forbidden"].map((reason) => Type.Literal(reason)))),
  }),
};

/** What was done with a call: the request's body, and when. */
export interface CallAction {
  action: "answer" | "redirect" | "reject";
  /** ISO 8601, UTC. */
  at: string;
  request: Record<string, unknown>;
}

export class CallControl {
  readonly actions: CallAction[] = [];
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** `POST /calling/callConnections:{action}`. */
  act(action: CallAction["action"], body: Buffer): Reply {
    const request: Record<string, unknown> = readBody(bodies[action], body);
    const callbackUri = request.callbackUri;
    if (typeof callbackUri === "string" && !URL.canParse(callbackUri)) {
      throw badRequest("'callbackUri' must be an absolute URL.");
    }
    this.actions.push({ action, at: this.#context.clock().toISOString(), request });
    if (action !== "answer") {
      return { status: 204 };
    }
    const callConnectionId = crypto.randomUUID();
    const known = idsIn(String(request.incomingCallContext));
    const ids = {
      callConnectionId,
      serverCallId: known.serverCallId ?? serverCallIdOf(callConnectionId),
      correlationId: known.correlationId ?? guidOf(callConnectionId),
    };
    const { operationContext } = request;
    this.#context.callBack(String(callbackUri), {
      type: "CallConnected",
      subject: `calling/callConnections/${callConnectionId}`,
      data: { ...ids, ...(operationContext === undefined ? {} : { operationContext }) },
    });
    return json(200, {
      ...ids,
      callConnectionState: "connecting",
      callbackUri,
      targets: [],
      answeredBy: { id: `8:acs:${this.#context.resourceId}_${guidOf("answeredBy")}` },
    });
  }

  clear(): void {
    this.actions.length = 0;
  }
}

/** The ids of the call that rang: a context may be base64url of JSON with them. The contexts of ACS are opaque. */
function idsIn(context: string): { serverCallId?: string; correlationId?: string } {
  try {
    return Object(JSON.parse(Buffer.from(context, "base64url").toString("utf8")));
  } catch {
    return {};
  }
}
