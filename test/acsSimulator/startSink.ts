import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface SinkPost {
  path: string;
  headers: IncomingHttpHeaders;
  // What is posted here are arrays of events.
  events: { [member: string]: unknown; data: Record<string, unknown> }[];
}

/** A server that keeps what is posted to it, in place of Event Grid or of an app's callback address. */
export async function startSink(): Promise<{ url: string; posts: SinkPost[]; close(): Promise<void> }> {
  const posts: SinkPost[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    posts.push({ path: request.url ?? "", headers: request.headers, events: JSON.parse(body) });
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
