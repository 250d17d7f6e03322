import type { IncomingHttpHeaders } from "node:http";
import type { FaultKind } from "./faults.ts";
import type { Reply } from "./reply.ts";

/** A request, read whole. */
export interface SimulatorRequest {
  method: string;
  /** Path and query as in the request line. */
  target: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Route {
  method: string;
  /** Matches the whole path; its groups are the parameters, percent-decoded. */
  path: RegExp;
  /** signed: with the access key, as ACS demands. versioned: signed, and with ?api-version. control: from this machine. */
  access: "signed" | "versioned" | "control" | "open";
  /** Which faults meet these requests. */
  fault?: FaultKind;
  handle(request: SimulatorRequest, ...parameters: string[]): Reply | Promise<Reply>;
}
