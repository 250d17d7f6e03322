import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fillArchive } from "../../bench/fillArchive.ts";
import { container } from "../../src/storage/blobs.ts";
import { read, release } from "../../src/storage/ledger.ts";
import { quarantine } from "../../src/storage/quarantine.ts";
import { putRetentionTombstone } from "../../src/storage/retentionTombstones.ts";
import { table } from "../../src/storage/tables.ts";
import { inRepository } from "../support/repository.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "./archiveUnderTest.ts";

const [hour, day] = [3_600_000, 86_400_000];
const begin = Date.now();
const keys = generateKeyPairSync("ed25519");

let app: ArchiveUnderTest;
let folder: string;
/** The names of archived events, and of the heads of their seals. */
let events: string[];
let heads: string[];

beforeAll(async () => {
  app = await archiveUnderTest();
  folder = await mkdtemp(join(tmpdir(), "acs-events-test-"));
  await writeFile(join(folder, "public.pem"), keys.publicKey.export({ type: "spki", format: "pem" }));
  vi.stubEnv("SEAL_KEY", keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString().replaceAll("\n", "\\n"));
  await fillArchive({ events: 24, days: 3, end: new Date(begin - hour) });
  await quarantine({ id: "broken" }, "sms", [{ code: "ACS_EVENTS_MISSING", pointer: "", expected: "", found: "" }]);
  vi.setSystemTime(begin + 2 * day);
  await app.seal();
  events = await app.store.names("events");
  heads = (await app.store.names("seals")).filter((name) => /^\d+\.json$/.test(name));
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What every test leaves as it found it. */
let changed: (() => Promise<unknown>)[];
beforeEach(() => {
  changed = [];
  return async () => {
    for (const undo of changed.reverse()) await undo();
  };
});

/** Changes a blob for the time of a test: to other content, or to none. */
async function spoil(where: string, name: string, change?: (content: Buffer) => Buffer): Promise<void> {
  const blob = app.blob(where, name);
  const content = await blob.downloadToBuffer();
  changed.push(() => blob.upload(content, content.length));
  const other = change?.(content);
  if (other) await blob.upload(other, other.length);
  else await blob.delete();
}

async function add(where: string, name: string, content: string, metadata = {}): Promise<void> {
  changed.push(() => app.blob(where, name).deleteIfExists());
  await (await container("tombstones")).createIfNotExists();
  await app.blob(where, name).upload(content, content.length, { metadata });
}

const told = async (trusted?: Parameters<ArchiveUnderTest["verify"]>[0]) => (await app.verify(trusted)).told;

describe("a verification finds", () => {
  it("nothing where nothing is wrong", async () => {
    const { told, totals } = await app.verify();
    expect(told).toEqual([]);
    expect(totals).toMatchObject({ seals: heads.length, whole: 25, unsealed: 0, differences: 0 });
  });

  it("a blob that was added under a name with a line separator", async () => {
    await add("events", "sms/added\u2028here.json", "{}");
    expect(await told()).toEqual([expect.stringContaining("is in no seal")]);
  });

  it("a blob that was deleted", async () => {
    const [name = ""] = events;
    await spoil("events", name);
    expect(await told()).toEqual([`events/${name} is not there`]);
  });

  it("one flipped byte", async () => {
    const [name = ""] = await app.store.names("quarantine");
    await spoil("quarantine", name, (content) => {
      const other = Buffer.from(content);
      other.writeUInt8(other.readUInt8(20) ^ 1, 20);
      return other;
    });
    expect(await told()).toEqual([expect.stringMatching(/^quarantine\/.* has SHA-256 \w+ \(\d+ bytes\) instead of /)]);
  });

  it.each(["events", "recordings"])("a blob that was added to %s", async (where) => {
    await (await container("recordings")).createIfNotExists();
    await add(where, "sms/SMSReceived/2026/11/21/added.json", "{}");
    await add("recordings", "some/manifest.json", "{}");
    expect(await told()).toEqual([
      `${where}/sms/SMSReceived/2026/11/21/added.json is in no seal, and is not indexed: somebody added it`,
    ]);
  });

  it.each([0, 1, -1])("that seal %i was removed", async (place) => {
    const name = heads.at(place) ?? "";
    await spoil("seals", name);
    expect(await told()).toContain(`seals/${name} is not there`);
  });

  it("that a seal was changed, or its part", async () => {
    const name = heads[1] ?? "";
    const [part = ""] = (await app.store.names("seals")).filter((one) => one.startsWith(name.replace(".json", "/")));
    await spoil("seals", part, (content) => content.subarray(content.indexOf("\n") + 1));
    expect(await told()).toContain(`seals/${part} was changed`);
    await spoil("seals", name, (content) => Buffer.from(content.toString().replace(/"entries":\d+/, '"entries":99')));
    expect(await told()).toContainEqual(expect.stringContaining(`does not follow ${name}: one of them was changed`));
  });
});

describe("a chain that was made anew", () => {
  let kept: string;
  let original: Map<string, Buffer>;

  beforeAll(async () => {
    const last = heads.at(-1) ?? "";
    kept = join(folder, "head.json");
    await writeFile(kept, await app.blob("seals", last).downloadToBuffer());
    original = new Map();
    for (const name of await app.store.names("seals"))
      original.set(name, await app.blob("seals", name).downloadToBuffer());
    // The intruder takes an event away with its row, and has all sealed again; he has no key.
    const victim = events.find((name) => name.startsWith("chat/")) ?? "";
    const timeline = await table("timeline");
    for (const { partitionKey, rowKey, blob } of await app.store.rows("timeline")) {
      if (blob === victim && partitionKey.startsWith("arrived:")) await timeline.deleteEntity(partitionKey, rowKey);
    }
    await app.store.remove("events", victim);
    for (const name of original.keys()) await app.store.remove("seals", name);
    const end = await read(["seal", "end"]);
    if (end) await release(["seal", "end"], end.etag);
    vi.stubEnv("SEAL_KEY", "");
    await app.seal();
  });

  it("holds together, as far as one can see without what was kept elsewhere", async () => {
    expect(await told()).toEqual([]);
  });

  it("is found by a head that was kept elsewhere", async () => {
    const { lines, status } = verify("--head", kept);
    expect(status).toBe(1);
    expect(lines.filter((line) => line.startsWith("DIFFERS"))).toEqual([
      expect.stringMatching(/the head [0-9a-f]{64} that was kept is not in the chain: it was made anew, or cut$/),
    ]);
  });

  it("is found by the key", async () => {
    const differences = await told({ heads: [], keys: [keys.publicKey] });
    expect(differences).toEqual(["no seal after the begin is signed by the key"]);
    const another = generateKeyPairSync("ec", { namedCurve: "P-256" });
    expect(await told({ heads: [], keys: [another.publicKey] })).toEqual(differences);
  });

  it("is the old one again when its seals are restored, and then misses what was taken", async () => {
    for (const name of await app.store.names("seals")) await app.store.remove("seals", name);
    for (const [name, content] of original) await app.blob("seals", name).upload(content, content.length);
    const end = await read(["seal", "end"]);
    if (end) await release(["seal", "end"], end.etag);
    const { lines, status } = verify("--head", kept, "--key", join(folder, "public.pem"));
    expect(status).toBe(1);
    expect(lines.slice(0, -1)).toEqual([expect.stringMatching(/^DIFFERS {2}events\/chat\/.* is not there$/)]);
  });
});

describe("a tombstone explains", () => {
  beforeAll(async () => {
    // What the intruder above took away.
    for (const what of await told()) await putEnded(what);
  });

  async function putEnded(what: string) {
    const [, name = ""] = /^events\/(\S+) is not there$/.exec(what) ?? [];
    const stored = (await entries()).find((entry) => entry.name === name);
    const told = { kind: "chat", day: stored?.storedAt.slice(0, 10) ?? "", setting: "RETENTION_EVENTS_DAYS", days: 1 };
    await putRetentionTombstone({ ...told, since: new Date().toISOString() });
  }

  async function entries(): Promise<{ name: string; storedAt: string }[]> {
    const parts = (await app.store.names("seals")).filter((name) => name.endsWith(".jsonl"));
    const texts = await Promise.all(parts.map((name) => app.blob("seals", name).downloadToBuffer()));
    return texts.flatMap((text) =>
      text
        .toString("utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { name: string; storedAt: string }),
    );
  }

  it("what retention ended", async () => {
    expect(await app.verify()).toMatchObject({ told: [], totals: { ended: 1, whole: 24 } });
  });

  it("what was erased, and nothing that only says so", async () => {
    const name = events.find((one) => one.startsWith("sms/")) ?? "";
    await spoil("events", name);
    await add("events", name, "{}", { tombstone: "of-an-erasure" });
    expect(await told()).toEqual([expect.stringContaining(`events/${name} has SHA-256`)]);
    await add("tombstones", "of-an-erasure/about.json", "{}");
    expect(await app.verify()).toMatchObject({ told: [], totals: { erased: 1 } });
  });
});

it("says what it wants", async () => {
  expect(verify("--heads", "x")).toMatchObject({ status: 2, stderr: expect.stringContaining("verify -- archive") });
  await writeFile(join(folder, "empty"), "");
  expect(verify("--key", join(folder, "empty"))).toMatchObject({ status: 1 });
  expect(await readFile(inRepository("package.json"), "utf8")).toContain("scripts/verify.ts");
});

/** Runs `npm run verify` as an owner does, from the command line. */
function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/verify.ts", "archive", ...args], {
    cwd: inRepository(""),
    env: { ...process.env, AzureWebJobsStorage: app.connectionString, ACS_SIMULATOR: "" },
    encoding: "utf8",
  });
  return { status, lines: stdout.trim().split("\n"), stderr };
}
