// Loaded with the app and not at the first call, whose response is open by then and would be missed.
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

/** The open responses of the library's HTTP server, by invocation. */
const responses = new Map<string, ServerResponse>();

subscribe("http.server.request.start", (message) => {
  const { response } = message as { response?: unknown };
  if (!isResponse(response)) return;
  const invocationId = response.req.headers["x-ms-invocation-id"];
  if (typeof invocationId !== "string") return;
  responses.set(invocationId, response);
  response.once("close", () => responses.delete(invocationId));
});

/**
 * Not by an import: that of node:http evaluates all that is in it, fetch and WebSocket too, and took a third of the app's start. By now
 * somebody else has loaded it.
 */
function isResponse(value: unknown): value is ServerResponse {
  return value instanceof process.getBuiltinModule("node:http").ServerResponse;
}

/** The response that the library will answer an invocation into, until it is closed; undefined without HTTP streaming. */
export const openResponse = (invocationId: string): ServerResponse | undefined => responses.get(invocationId);
