import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

interface Request {
  method: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Sink {
  url: string;
  /** What came in, handshakes apart. */
  requests: Request[];
  close(): Promise<void>;
}

/**
 * An endpoint that agrees to every handshake and keeps what it is sent.
 *
 * @param answer the status of the n-th request (from 0); 0 leaves it without an answer.
 */
export async function startSink(answer: (index: number) => number = () => 202): Promise<Sink> {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
    if (request.method === "OPTIONS") {
      response.writeHead(200, { "WebHook-Allowed-Origin": request.headers["webhook-request-origin"] }).end();
    } else if (request.headers["aeg-event-type"] === "SubscriptionValidation") {
      response.end(JSON.stringify({ validationResponse: body[0].data.validationCode }));
    } else {
      const status = answer(requests.length);
      requests.push({ method: request.method ?? "", headers: request.headers, body });
      if (status > 0) response.writeHead(status).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
