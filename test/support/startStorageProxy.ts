import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface StorageProxy {
  /** As the app gets it: each service by way of this proxy. */
  connectionString: string;
  /** Where the account really is. */
  target: string;
  /** What becomes of requests: passed on, the connection closed without an answer, or 503. */
  mode: "open" | "closed" | "unavailable";
  close(): void;
}

const services = ["Blob", "Queue", "Table"] as const;

/** Starts a way to a storage account that can be broken. */
export async function startStorageProxy(): Promise<StorageProxy> {
  const servers = services.map((service) =>
    createServer((incoming, answer) => {
      if (proxy.mode === "closed") return void incoming.destroy();
      if (proxy.mode === "unavailable") return void answer.writeHead(503).end();
      const { method, headers, url } = incoming;
      const target = new URL(url ?? "/", part(proxy.target, `${service}Endpoint`));
      const passed = request(target, { method, headers, path: url }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      incoming.pipe(passed);
    }).listen(0, "127.0.0.1"),
  );
  await Promise.all(servers.map((server) => once(server, "listening")));
  const endpoints = servers.map((server, index) => {
    const { port } = server.address() as AddressInfo;
    return `${services[index]}Endpoint=http://127.0.0.1:${port}/devstoreaccount1`;
  });
  const account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=";
  const proxy: StorageProxy = {
    connectionString: `${account}${accountKey};${endpoints.join(";")};`,
    target: "",
    mode: "open",
    close() {
      for (const server of servers) server.close().closeAllConnections();
    },
  };
  return proxy;
}

// The emulator's published account; it is no secret (https://learn.microsoft.com/azure/storage/common/storage-use-azurite).
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

function part(connectionString: string, name: string): string {
  return new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? "";
}
