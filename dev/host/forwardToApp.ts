import { type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Outcome } from "./dispatch.ts";

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "expect",
]);

/**
 * HTTP streaming: passes the original request to the app's own HTTP server, and its response back, both unbuffered.
 * The library finds the invocation by `x-ms-invocation-id` and rebuilds the URL from `x-forwarded-*`.
 * @param done the invocation's end; a failure without a response is 500, a success without one 204
 */
export async function forwardToApp(
  request: IncomingMessage,
  response: ServerResponse,
  httpUri: string,
  invocationId: string,
  done: Promise<Outcome>,
): Promise<void> {
  const kept = Object.entries(request.headers).filter(([name]) => !hopByHop.has(name));
  const upstream = send(httpUri, {
    path: request.url,
    method: request.method ?? "GET",
    agent: false,
    headers: {
      ...Object.fromEntries(kept),
      "x-forwarded-host": request.headers.host ?? "",
      "x-forwarded-proto": "http",
      "x-ms-invocation-id": invocationId,
    },
  });
  let answered = false;
  let broken = false;
  const passedBack = new Promise<void>((resolve) => {
    upstream.on("error", () => {
      broken = true; // the app went away, or answered before it had read the request
      resolve();
    });
    upstream.on("response", (answer) => {
      answered = true;
      const headers = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name));
      response.writeHead(answer.statusCode ?? 500, Object.fromEntries(headers));
      pipeline(answer, response).then(resolve, () => resolve());
    });
  });
  pipeline(request, upstream).catch(() => {});
  const { error } = await done;
  if (answered) {
    if (error !== undefined) upstream.destroy();
    return passedBack;
  }
  if (error === undefined) {
    // The answer may still be on its way from the app's server: on a busy machine, for longer than a moment.
    await Promise.race([passedBack, new Promise((resolve) => setTimeout(resolve, 3_000))]);
    if (answered) return passedBack;
  }
  upstream.destroy();
  response.writeHead(error !== undefined ? 500 : broken ? 502 : 204).end();
}
