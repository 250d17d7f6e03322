import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A tap on the way to an account's blob service: it counts, and it can cut. */
export interface Tap {
  /** Of the account, its blob service by way of the tap. */
  connectionString: string;
  /** Bytes that came from the blob service so far. */
  passed(): number;
  /** Breaks all connections; new ones are passed on. */
  cut(): void;
  close(): void;
}

const blobEndpoint = /(BlobEndpoint=http:\/\/127\.0\.0\.1:)(\d+)/;

/** Starts a tap at the blob service of an account of Azurite. */
export async function startTap(account: string): Promise<Tap> {
  const port = Number(blobEndpoint.exec(account)?.[2]);
  const open = new Set<Socket>();
  let passed = 0;
  const server = createServer((incoming) => {
    const outgoing = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from);
      from
        .on("error", () => {})
        .on("close", () => {
          open.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
    outgoing.on("data", ({ length }) => {
      passed += length;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    connectionString: account.replace(blobEndpoint, `$1${own}`),
    passed: () => passed,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
