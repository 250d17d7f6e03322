// A storage account with any number of events that nobody has to write: rows and blobs are made up when they are asked for. What the code
// under measure writes is kept on disk; of an event whose blob it deletes nothing is there any more.
import { createHash, hash } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accept } from "../src/events/accept.ts";
import { archiveName } from "../src/storage/archive.ts";
import { newestFirst } from "../src/storage/newestFirst.ts";
import { shards } from "../src/storage/timeline.ts";
import { eventOf } from "./fillArchive.ts";

export interface Generation {
  events: number;
  days: number;
  end: number;
}

const [day, pageSize] = [86_400_000, 1_000];
const textsOnly = 3;

export async function startGeneratedAccount({ events, days, end }: Generation) {
  const folder = await mkdtemp(join(tmpdir(), "acs-events-generated-"));
  const lastDay = end - (end % day);
  const perShard = Math.ceil(events / (days * shards));
  const deleted = new Uint8Array(events);
  const rows = new Map<string, string>();
  const written = new Map<string, string[]>();

  /** Event by its place: the newest of a shard first, as its rows stand. */
  const timeOf = (ofDay: number, place: number) =>
    new Date(ofDay + day - (place + 1) * Math.floor(day / (perShard + 1)));
  const numberOf = (ofDay: number, shard: number, place: number) =>
    (((lastDay - ofDay) / day) * shards + shard) * perShard + place;
  const made = (ofDay: number, shard: number, place: number) => {
    const at = timeOf(ofDay, place);
    const number = numberOf(ofDay, shard, place);
    if (number >= events || deleted[number]) return undefined;
    const raw = eventOf(number * textsOnly, at);
    return { event: accept(raw), text: JSON.stringify(raw), at };
  };
  const firstDay = lastDay - (days - 1) * day;

  function arrived(filter: string, from: number) {
    const [, date = "", shard = ""] = /'arrived:sms:([\d-]+):(\d+)'/.exec(filter) ?? [];
    const [, after = "0", before = "9"] = /RowKey gt '(\d+)_' and RowKey lt '(\d+)_g'/.exec(filter) ?? [];
    const ofDay = Date.parse(date);
    const found: object[] = [];
    let place = from;
    if (ofDay < firstDay || ofDay > lastDay || Number.isNaN(ofDay)) return { found };
    for (; place < perShard && found.length < pageSize; place++) {
      const key = newestFirst(timeOf(ofDay, place).getTime());
      const one = key < after || key > before ? undefined : made(ofDay, Number(shard), place);
      if (!one) continue;
      const { event, text, at } = one;
      found.push({
        PartitionKey: `arrived:sms:${date}:${shard}`,
        RowKey: `${newestFirst(at.getTime())}_${event.identity}`,
        ...{ blob: archiveName(event), type: event.name, family: event.family },
        ...{ sha256: hash("sha256", text), length: String(Buffer.byteLength(text)) },
      });
    }
    return { found, next: place < perShard ? place : undefined };
  }

  function query(filter: string, from: number): { found: object[]; next?: number | undefined } {
    if (/PartitionKey eq 'arrived:/.test(filter)) return arrived(filter, from);
    const [, least = ""] = /PartitionKey ge 'arrived:sms:([\d-]+)'/.exec(filter) ?? [];
    const first = Math.max(firstDay, Date.parse(least));
    if (!least || first > lastDay) return { found: [] };
    return { found: [{ PartitionKey: `arrived:sms:${new Date(first).toISOString().slice(0, 10)}:0`, RowKey: "" }] };
  }

  async function tables(method: string, url: URL, body: Buffer, answer: ServerResponse): Promise<void> {
    const [, entity] = /\((PartitionKey=.*)\)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const send = (status: number, value?: object, headers: Record<string, string> = {}) => {
      answer.writeHead(status, { "content-type": "application/json", etag: 'W/"1"', ...headers });
      answer.end(value && JSON.stringify(value));
    };
    if (method === "DELETE") return send(204);
    if (method !== "GET") {
      if (entity) rows.set(url.pathname.split("(")[0] + entity, body.toString());
      return send(204);
    }
    if (entity) {
      const row = rows.get(url.pathname.split("(")[0] + entity);
      return row ? send(200, JSON.parse(row) as object) : send(404, { "odata.error": { code: "ResourceNotFound" } });
    }
    const { found, next } = query(
      url.searchParams.get("$filter") ?? "",
      Number(url.searchParams.get("NextRowKey") ?? 0),
    );
    const more = { "x-ms-continuation-nextpartitionkey": "p", "x-ms-continuation-nextrowkey": String(next) };
    send(200, { value: found }, next === undefined ? {} : more);
  }

  /** The events that are listed, by the number of the first. */
  function listing(from: number, most: number): string {
    const blobs: string[] = [];
    let number = from;
    for (; number < days * shards * perShard && blobs.length < most; number++) {
      const place = number % perShard;
      const inDay = Math.floor(number / perShard);
      const one = made(lastDay - Math.floor(inDay / shards) * day, inDay % shards, place);
      if (one) blobs.push(`<Blob><Name>${archiveName(one.event)}</Name><Properties/></Blob>`);
    }
    const marker = number < days * shards * perShard ? `<NextMarker>${number}</NextMarker>` : "<NextMarker/>";
    return `<EnumerationResults><Blobs>${blobs.join("")}</Blobs>${marker}</EnumerationResults>`;
  }

  /** The event's number in the name of its blob. */
  function numberIn(name: string): number | undefined {
    const [, id] = /\/fill-(\d{8})/.exec(name) ?? [];
    const number = Number(id) / textsOnly;
    return id && number < events ? number : undefined;
  }

  function contentOf(name: string): string | undefined {
    const number = numberIn(name);
    if (number === undefined) return undefined;
    const inDay = Math.floor(number / perShard);
    return made(lastDay - Math.floor(inDay / shards) * day, inDay % shards, number % perShard)?.text;
  }

  const fileOf = (path: string) => join(folder, createHash("sha256").update(path).digest("hex"));

  async function blobs(method: string, url: URL, body: Buffer, answer: ServerResponse): Promise<void> {
    const path = decodeURIComponent(url.pathname).replace("/devstoreaccount1/", "");
    const [containerName = "", ...rest] = path.split("/");
    const comp = url.searchParams.get("comp");
    const send = (status: number, content: string | Buffer = "", headers: Record<string, string> = {}) => {
      const now = new Date().toUTCString();
      const length = String(Buffer.byteLength(content));
      answer.writeHead(status, { etag: '"1"', "last-modified": now, date: now, "content-length": length, ...headers });
      answer.end(method === "HEAD" ? undefined : content);
    };
    if (comp === "list") {
      const xml = { "content-type": "application/xml" };
      if (containerName === "events") {
        const most = Number(url.searchParams.get("maxresults") ?? 5_000);
        return send(200, listing(Number(url.searchParams.get("marker") ?? 0), most), xml);
      }
      const names = containerName === "seals" ? [...written.keys()].filter(isListed(url)).sort() : [];
      const items = names.map((name) => `<Blob><Name>${name.replace("seals/", "")}</Name><Properties/></Blob>`);
      return send(200, `<EnumerationResults><Blobs>${items.join("")}</Blobs><NextMarker/></EnumerationResults>`, xml);
    }
    if (rest.length === 0) return send(method === "PUT" ? 201 : 200);
    if (method === "PUT") return put(path, comp, url, body, send);
    if (method === "DELETE") {
      const number = containerName === "events" ? numberIn(path) : undefined;
      if (number !== undefined) deleted[number] = 1;
      return send(202);
    }
    const content = containerName === "events" ? contentOf(path) : await readFile(fileOf(path)).catch(() => undefined);
    if (content === undefined) return send(404, "", { "x-ms-error-code": "BlobNotFound" });
    send(200, content, { "content-type": "application/json" });
  }

  async function put(path: string, comp: string | null, url: URL, body: Buffer, send: (status: number) => void) {
    if (comp === "block") {
      written.set(path, [...(written.get(path) ?? []), url.searchParams.get("blockid") ?? ""]);
      await appendFile(fileOf(path), body);
    } else if (comp !== "blocklist") {
      written.set(path, []);
      await writeFile(fileOf(path), body);
    }
    await stat(fileOf(path));
    send(201);
  }

  const isListed = (url: URL) => (name: string) => {
    const short = name.replace("seals/", "");
    const inFolder = url.searchParams.get("delimiter") === "/" ? !short.includes("/") : true;
    return name.startsWith("seals/") && inFolder && short.startsWith(url.searchParams.get("prefix") ?? "");
  };

  const servers = [blobs, tables].map((serve) =>
    createServer(async (request: IncomingMessage, answer: ServerResponse) => {
      const body = Buffer.concat(await request.toArray());
      await serve(request.method ?? "GET", new URL(request.url ?? "/", "http://127.0.0.1"), body, answer);
    }).listen(0, "127.0.0.1"),
  );
  await Promise.all(servers.map((server) => once(server, "listening")));
  const [blob, table] = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/devstoreaccount1`,
  );
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=aWdub3JlZA==;BlobEndpoint=${blob};TableEndpoint=${table};QueueEndpoint=${table};`,
    async close() {
      for (const server of servers) server.close().closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
