import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface HttpsPost {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface HttpsSink {
  /** `https://localhost:PORT` */
  url: string;
  /** File with its self-signed certificate, for NODE_EXTRA_CA_CERTS. */
  certificate: string;
  posts: HttpsPost[];
  /** With what the next posts are answered, in order; 204 once there is none left. */
  answers: { status: number; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

/** An https server of this machine that keeps what is posted to it. */
export async function startHttpsSink(): Promise<HttpsSink> {
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
      const body: unknown = JSON.parse(Buffer.concat(await request.toArray()).toString());
      posts.push({ path: request.url ?? "", headers: request.headers, body });
      const { status, headers = {} } = answers.shift() ?? { status: 204 };
      response.writeHead(status, headers).end();
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
