import { type StorageProxy, type StorageRequest, startStorageProxy } from "../dev/azurite/startStorageProxy.ts";

/** As they are billed and limited; deletes of blobs are free. */
export const kinds = [
  ...(["blobWrite", "blobRead", "blobList", "blobOther", "blobDelete"] as const),
  ...(["tableRead", "tableWrite", "tableBatch"] as const),
  ...(["queuePut", "queueGet", "queueDelete", "queueOther"] as const),
] as const;
export type Kind = (typeof kinds)[number];

/** `rows`: written to tables, alone and in transactions. */
export type Counts = Record<Kind | "rows", number>;

export interface OperationCounter {
  /** For startStack: the app's way to the account, and that of its host. */
  ways: { app: StorageProxy; host: StorageProxy };
  /** Since the last call. */
  take(): Counts;
  /** Every request since the last call, as `METHOD /path?query status`. */
  log(): string[];
  close(): void;
}

/**
 * Counts what the app and its host ask of storage. Of the host only what jobs cost: a message is put, got and deleted. Its looks at empty
 * queues depend on time and not on events; a get is counted for each delete, as when messages come one by one.
 */
export async function countOperations(): Promise<OperationCounter> {
  const [app, host] = [await startStorageProxy(), await startStorageProxy()];
  let counts = none();
  let lines: string[] = [];
  const rowsIn = new WeakMap<StorageRequest, number>();
  app.sending = (request, piece) => {
    if (!request.path.endsWith("/$batch")) return;
    const rows = piece.toString("latin1").match(/^(PUT|POST|MERGE|PATCH|DELETE) http/gm)?.length ?? 0;
    rowsIn.set(request, (rowsIn.get(request) ?? 0) + rows);
  };
  app.answered = (request, status) => {
    const kind = kindOf(request);
    counts[kind]++;
    if (kind === "tableWrite") counts.rows++;
    if (kind === "tableBatch") counts.rows += rowsIn.get(request) ?? 0;
    lines.push(`${request.method} ${decodeURIComponent(request.path)}?${decodeURIComponent(request.query)} ${status}`);
  };
  host.answered = (request) => {
    const kind = kindOf(request);
    if (kind === "queuePut") counts.queuePut++;
    if (kind === "queueDelete") {
      counts.queueDelete++;
      counts.queueGet++;
    }
  };
  return {
    ways: { app, host },
    take() {
      const taken = counts;
      counts = none();
      return taken;
    },
    log() {
      const taken = lines;
      lines = [];
      return taken;
    },
    close() {
      app.close();
      host.close();
    },
  };
}

function none(): Counts {
  return Object.fromEntries([...kinds, "rows"].map((kind) => [kind, 0])) as Counts;
}

function kindOf({ service, method, path, query }: StorageRequest): Kind {
  const comp = new URLSearchParams(query).get("comp");
  if (service === "Blob") {
    if (method === "DELETE") return "blobDelete";
    if (method === "HEAD") return "blobOther";
    if (method === "GET") return comp === "list" ? "blobList" : "blobRead";
    return comp === null || comp === "block" || comp === "blocklist" ? "blobWrite" : "blobOther";
  }
  if (service === "Table") {
    if (path.endsWith("/$batch")) return "tableBatch";
    return method === "GET" ? "tableRead" : "tableWrite";
  }
  if (!path.includes("/messages")) return "queueOther";
  if (method === "POST") return "queuePut";
  return method === "DELETE" ? "queueDelete" : method === "GET" ? "queueGet" : "queueOther";
}
