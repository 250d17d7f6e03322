import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type Publication, readPublication } from "./publication.ts";

interface Doors {
  /** @throws Error with what is wrong with the events or the options. */
  accept(events: unknown[], how: Publication): Record<string, number>;
  idle(): Promise<void>;
}

interface Reply {
  status: number;
  body: unknown;
}

/** Opens the simulator's HTTP side on 127.0.0.1: `POST /api/events` and `GET /idle`. */
export async function serve(port: number, doors: Doors): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, doors);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The Event Grid simulator listens on no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(request: IncomingMessage, doors: Doors): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "GET" && pathname === "/idle") {
    await doors.idle();
    return { status: 200, body: { pending: 0 } };
  }
  if (request.method !== "POST" || pathname !== "/api/events") {
    return { status: 404, body: { error: { code: "NotFound", message: "Here are POST /api/events and GET /idle." } } };
  }
  try {
    const body: unknown = JSON.parse(await readText(request));
    const deliveries = doors.accept(Array.isArray(body) ? body : [body], readPublication(searchParams));
    return { status: 200, body: { deliveries } };
  } catch (error) {
    return {
      status: 400,
      body: { error: { code: "BadRequest", message: error instanceof Error ? error.message : String(error) } },
    };
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
