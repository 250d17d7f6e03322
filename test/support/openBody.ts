import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import type { App } from "./startApp.ts";

/** The answer to a GET on a connection of its own; nothing of its body is read yet. */
export function openBody({ host }: App, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(host.url + path, { agent: false }, resolve).on("error", reject);
  });
}

/** SHA-256 (hex) of all that comes. */
export async function hashOf(body: IncomingMessage): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of body) hash.update(part);
  return hash.digest("hex");
}
