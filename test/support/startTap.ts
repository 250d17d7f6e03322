import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";

/** A tap on the way to an account's blob service: it counts, it can hold, and it can cut. */
export interface Tap {
  /** Of the account, its blob service by way of the tap. */
  connectionString: string;
  /** Bytes that came from the blob service so far. */
  passed(): number;
  /** Lets so many more bytes by on each connection, and no more until the next call. All pass until the first. */
  letBy(bytes: number): void;
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
  let allowance = allow(Number.POSITIVE_INFINITY);
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
    }
    incoming.pipe(outgoing);
    let used = { of: allowance, bytes: 0 };
    const counted = new Transform({
      async transform(piece: Buffer, _encoding, done) {
        while (used.of !== allowance || used.bytes > allowance.bytes) {
          if (used.of === allowance) await allowance.over;
          used = { of: allowance, bytes: 0 };
        }
        used.bytes += piece.length;
        passed += piece.length;
        done(null, piece);
      },
    });
    outgoing.pipe(counted).pipe(incoming);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    connectionString: account.replace(blobEndpoint, `$1${own}`),
    passed: () => passed,
    letBy(bytes) {
      allowance.end();
      allowance = allow(bytes);
    },
    cut,
    close() {
      server.close();
      cut();
    },
  };
}

function allow(bytes: number) {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  return { bytes, over, end };
}
