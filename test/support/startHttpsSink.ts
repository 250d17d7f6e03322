import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export interface HttpsPost {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

interface HttpsAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface HttpsSink {
  /** `https://localhost:PORT` */
  url: string;
  /** File with its self-signed certificate, for NODE_EXTRA_CA_CERTS. */
  certificate: string;
  posts: HttpsPost[];
  /** With what the next posts are answered, in order; 204 once there is none left. */
  answers: HttpsAnswer[];
  close(): Promise<void>;
}

/**
 * An https server of this machine that keeps what is posted to it.
 * @param answer with what a post is answered for which no answer is listed
 */
export async function startHttpsSink(
  answer: (post: HttpsPost) => HttpsAnswer = () => ({ status: 204 }),
): Promise<HttpsSink> {
  const folder = mkdtempSync(join(tmpdir(), "acs-events-https-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate, ...subject],
    { stdio: "ignore" },
  );
  const posts: HttpsPost[] = [];
  const answers: HttpsSink["answers"] = [];
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    async (request, response) => {
      const sent = Buffer.concat(await request.toArray());
      const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent).toString();
      const post = {
        path: request.url ?? "",
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
      };
      posts.push(post);
      const { status, headers = {}, body } = answers.shift() ?? answer(post);
      response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
    },
  );
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    certificate,
    posts,
    answers,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      rmSync(folder, { recursive: true });
    },
  };
}
