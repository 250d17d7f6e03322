import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";

export interface StorageRequest {
  service: (typeof services)[number];
  method: string;
  /** With the account's name, without the query. */
  path: string;
  /** What stands after the question mark. */
  query: string;
}

/**
 * What becomes of a request: passed on, the connection closed without an answer, 503, refused in a way that no client tries again, no
 * answer ever, or carried out with its answer lost: the connection closed in place of it.
 */
export type StorageFault = "pass" | "closed" | "unavailable" | "refused" | "silent" | "lost";

export interface StorageProxy {
  /** As the app gets it: each service by way of this proxy. */
  connectionString: string;
  /** Where the account really is. */
  target: string;
  /** What becomes of all requests; while it is "open", `faults` decides for each. */
  mode: "open" | "closed" | "unavailable";
  faults: (request: StorageRequest) => StorageFault;
  /** Told of what is sent with a request, piece by piece as it passes. */
  sending: (request: StorageRequest, piece: Buffer) => void;
  /** Told of each answer of storage before it is passed on; `heard` is whether anyone is there to get it. */
  answered: (request: StorageRequest, status: number, heard: boolean) => void;
  close(): void;
}

const services = ["Blob", "Queue", "Table"] as const;

/** Starts a way to a storage account that can be broken: all at once by `mode`, or request by request by `faults`. */
export async function startStorageProxy(): Promise<StorageProxy> {
  const servers = services.map((service) =>
    createServer((incoming, answer) => {
      const { method = "GET", headers, url = "/" } = incoming;
      const [path = "/", query = ""] = url.split("?", 2);
      const asked = { service, method, path, query };
      const fault = proxy.mode === "open" ? proxy.faults(asked) : proxy.mode;
      if (fault === "closed") return void incoming.destroy();
      if (fault === "silent") return void incoming.resume();
      if (fault === "unavailable") return void answer.writeHead(503).end();
      if (fault === "refused") return void answer.writeHead(403).end();
      const target = new URL(url, part(proxy.target, `${service}Endpoint`));
      const passed = request(target, { method, headers, path: url }, (response) => {
        const { statusCode = 502 } = response;
        const heard = fault !== "lost" && !answer.destroyed;
        proxy.answered(asked, statusCode, heard);
        if (!heard) {
          response.resume();
          return void answer.destroy();
        }
        answer.writeHead(statusCode, response.headers);
        pipeline(response, answer, () => {});
      });
      passed.on("error", () => answer.destroy());
      incoming.on("data", (piece: Buffer) => proxy.sending(asked, piece));
      // A client that goes away takes its half-sent request with it.
      pipeline(incoming, passed, () => {});
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
    faults: () => "pass",
    sending: () => {},
    answered: () => {},
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
