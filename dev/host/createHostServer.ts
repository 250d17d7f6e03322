import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerEventGrid } from "./eventGridWebhook.ts";
import { createHttpHandler } from "./httpTrigger.ts";
import { type Keys, refusal } from "./keys.ts";
import type { RunningApp } from "./openApp.ts";
import { readBody } from "./readBody.ts";

const webhookMethods = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS"]);

/**
 * The host's HTTP door: the Event Grid webhook, the admin call that runs a timer, the app's HTTP functions, and `/idle`
 * (this host's own). Requests wait while the app is being started.
 */
export function createHostServer(
  current: () => Promise<RunningApp>,
  idle: () => Promise<void>,
  keys: Keys | undefined,
  log: (line: string) => void,
): Server {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(`http://${request.headers.host ?? "localhost"}${request.url ?? "/"}`);
    if (url.pathname === "/idle") {
      await idle();
      return void response.writeHead(200).end();
    }
    const app = await current();
    if (url.pathname.toLowerCase() === "/runtime/webhooks/eventgrid" && webhookMethods.has(request.method ?? "")) {
      const refused = refusal(keys, ["eventGrid"], request, url);
      const body = await readBody(request);
      if (refused || !body) return void response.writeHead(refused ?? 413).end();
      const { status, text, headers } = await answerEventGrid(request, body, url, app.functions, app.dispatcher);
      const type = text === undefined ? {} : { "content-type": "text/plain; charset=utf-8" };
      return void response.writeHead(status, { ...type, ...headers }).end(text);
    }
    const timer = /^\/admin\/functions\/([^/]+)$/i.exec(url.pathname)?.[1];
    if (timer && request.method === "POST") {
      const refused = refusal(keys, [], request, url);
      if (refused) return void response.writeHead(refused).end();
      const known = app.functions.some(({ name, trigger }) => name === timer && trigger === "timerTrigger");
      if (known) app.timers.run(timer).catch(() => {}); // like the real one it answers at once; the failure is logged
      return void response.writeHead(known ? 202 : 404).end();
    }
    const httpUri = async () => (await app.worker.current()).httpUri;
    await createHttpHandler(app.functions, app.hostJson, keys, app.dispatcher, httpUri)(request, response, url);
  }

  return createServer((request, response) => {
    handle(request, response).catch((error) => {
      log(`host error: ${request.method} failed: ${error instanceof Error ? error.message : String(error)}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
}
