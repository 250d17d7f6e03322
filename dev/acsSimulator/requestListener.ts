// From the socket to a route and back: reads the request, checks who asks, lets faults in, writes the answer.
import type { IncomingMessage, RequestListener } from "node:http";
import { isLoopbackHost } from "../../src/acs/isLoopbackHost.ts";
import type { Faults, Outcome } from "./faults.ts";
import { sendReply } from "./reply.ts";
import type { Route, SimulatorRequest } from "./route.ts";
import { signatureProblem } from "./signature.ts";
import { badRequest, errorReply, SimulatorError } from "./simulatorError.ts";

export interface ListenerOptions {
  routes: Route[];
  faults: Faults;
  accessKey: string;
  clock: () => Date;
  log: (line: string) => void;
}

const maxBodyBytes = 1024 * 1024;
/** ACS does not say how old a signed request may be; App Configuration, with the same scheme, says 15 minutes. */
const dateWindowMs = 15 * 60 * 1000;

export function requestListener(options: ListenerOptions): RequestListener {
  return async (incoming, response) => {
    response.setHeader("x-ms-request-id", crypto.randomUUID());
    response.on("error", () => response.destroy());
    try {
      const outcome = await outcomeOf(incoming, options);
      if (outcome === "cut") {
        response.destroy();
      } else if (outcome !== "silent") {
        await sendReply(response, outcome);
      }
    } catch (error) {
      options.log(`An answer could not be sent: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    }
  };
}

async function outcomeOf(incoming: IncomingMessage, options: ListenerOptions): Promise<Outcome> {
  const target = incoming.url ?? "/";
  const [path = "/", query] = target.split("?", 2);
  try {
    const { method = "GET", headers } = incoming;
    const body = await readWhole(incoming);
    const request = { method, target, path, query: new URLSearchParams(query), headers, body };
    for (const route of options.routes) {
      const match = route.method === method ? route.path.exec(path) : null;
      if (match) {
        admit(request, route, options);
        const parameters = match.slice(1).map(decodeURIComponent);
        return await options.faults.answer(route.fault, parameters[0], target, async () =>
          route.handle(request, ...parameters),
        );
      }
    }
    throw new SimulatorError(404, "NotFound", `The simulator has nothing at ${method} ${path}.`);
  } catch (error) {
    if (error instanceof SimulatorError) {
      return errorReply(error, path);
    }
    options.log(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
    return errorReply(new SimulatorError(500, "InternalServerError", "The simulator failed."), path);
  }
}

/** @throws SimulatorError if the request may not use the route */
function admit(request: SimulatorRequest, { access }: Route, { accessKey, clock }: ListenerOptions): void {
  if (access === "control") {
    // Keeps out web pages whose own host name was pointed at this machine.
    const hostname = URL.parse(`http://${request.headers.host}`)?.hostname ?? "";
    if (!isLoopbackHost(hostname)) {
      throw new SimulatorError(403, "Forbidden", "The control addresses answer only under this machine's own name.");
    }
    return;
  }
  if (access === "open") {
    return;
  }
  const problem = signatureProblem(request, accessKey, clock(), dateWindowMs);
  if (problem) {
    throw new SimulatorError(401, "Denied", `Denied by the resource provider. ${problem}`);
  }
  if (access === "versioned" && !/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(request.query.get("api-version") ?? "")) {
    throw badRequest("The query parameter api-version is missing or is not a version.");
  }
}

async function readWhole(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) {
      throw new SimulatorError(413, "RequestEntityTooLarge", `The body is over ${maxBodyBytes} bytes.`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
