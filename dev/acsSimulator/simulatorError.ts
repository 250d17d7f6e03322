import { json, type Reply } from "./reply.ts";

/** A refusal: thrown by handlers, answered as ACS words its errors. */
export class SimulatorError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 400: the request is wrong, and the message says what. */
export function badRequest(message: string): SimulatorError {
  return new SimulatorError(400, "BadRequest", message);
}

/**
 * The answer for a refusal: at the ACS endpoint `{error:{code,message}}`, in the recording store (`/v1/objects`)
 * `{title,status,message,traceId}`, as the SDK expects them.
 */
export function errorReply(error: SimulatorError, path: string, headers?: Record<string, string>): Reply {
  const { status, code, message } = error;
  return path.startsWith("/v1/objects/")
    ? json(status, { title: code, status, message, traceId: crypto.randomUUID() }, headers)
    : json(status, { error: { code, message } }, headers);
}
