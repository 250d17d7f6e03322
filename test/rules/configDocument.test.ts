// The loading of documents on a real Azurite. Each configDocument() is what a new process has: nothing in memory.
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { openStore } from "../../dev/stack/store.ts";
import { keepCopy, readConfig } from "../../src/rules/configBlob.ts";
import { configDocument } from "../../src/rules/configDocument.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

interface Sample {
  says: string;
}

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
/** What the module goes through; the test itself goes to storage directly. */
let proxy: StorageProxy;
let config: ContainerClient;
let store: ReturnType<typeof openStore>;
let name = "";
let names = 0;

beforeAll(async () => {
  [azurite, proxy] = await Promise.all([emptyAzurite(), startStorageProxy()]);
  proxy.target = azurite.connectionString;
  vi.stubEnv("AzureWebJobsStorage", proxy.connectionString);
  config = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient("config");
  store = openStore(azurite.connectionString);
});
afterAll(async () => {
  proxy?.close();
  await azurite?.close();
});
beforeEach(() => {
  name = `sample-${++names}.json`;
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => vi.useRealTimers());

/** What a new process goes by. */
function newProcess(): () => Promise<string> {
  const load = configDocument<Sample>({
    name,
    kind: async () => ({
      validate: (value): value is Sample => typeof (value as Partial<Sample>)?.says === "string",
      check: ({ says }) => (says === "nonsense" ? [{ instancePath: "/says", message: "makes no sense" }] : []),
    }),
    fallback: { says: "fallback" },
  });
  return async () => (await load()).says;
}

async function write(content: unknown): Promise<void> {
  await config.createIfNotExists();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await config.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}

const remove = () => config.getBlockBlobClient(name).delete();
const halfAMinute = () => vi.setSystemTime(Date.now() + 30_000);
const problems = async () => (await store.problems()).filter(({ raw }) => raw === `config/${name}`);
const copy = () => config.getBlockBlobClient(`in-force/${name}`);

describe("the document in force", () => {
  it("is the fallback, then the owner's, each change seen within half a minute", async () => {
    const load = newProcess();
    expect(await load()).toBe("fallback");
    await write({ says: "one" });
    expect(await load()).toBe("fallback");
    halfAMinute();
    expect(await load()).toBe("one");
    await write({ says: "two" });
    halfAMinute();
    expect(await load()).toBe("two");
  });

  it("stays the last valid one while the newest is broken, in this process and in the next", async () => {
    await write({ says: "good" });
    const load = newProcess();
    expect(await load()).toBe("good");
    for (const broken of ["{", { sayz: "x" }, { says: "nonsense" }]) {
      await write(broken);
      halfAMinute();
      expect(await load()).toBe("good");
      expect(await newProcess()()).toBe("good");
    }
    await write({ says: "mended" });
    expect(await newProcess()()).toBe("mended");
    halfAMinute();
    expect(await load()).toBe("mended");
  });

  it("is none when the first one is broken, for whoever looks: its owner did not choose the fallback's words", async () => {
    const running = newProcess();
    expect(await running()).toBe("fallback");
    await write("{");
    halfAMinute();
    for (const load of [running, newProcess()]) {
      await expect(load()).rejects.toMatchObject({ code: "ACS_EVENTS_BROKEN_CONFIG", retryable: true });
      await expect(load()).rejects.toMatchObject({ code: "ACS_EVENTS_BROKEN_CONFIG" });
    }
    await write({ says: "mended" });
    halfAMinute();
    expect(await running()).toBe("mended");
  });

  it("is the fallback again when the owner takes the document away; what they took away does not come back", async () => {
    await write({ says: "old" });
    const load = newProcess();
    expect(await load()).toBe("old");
    await remove();
    halfAMinute();
    expect(await load()).toBe("fallback");
    expect(await copy().exists()).toBe(false);
    await write("{");
    await expect(newProcess()()).rejects.toMatchObject({ code: "ACS_EVENTS_BROKEN_CONFIG" });
  });

  it("was taken away while nobody ran: the next process drops the copy", async () => {
    await write({ says: "old" });
    await newProcess()();
    await remove();
    expect(await newProcess()()).toBe("fallback");
    expect(await copy().exists()).toBe(false);
  });
});

describe("a broken document", () => {
  it("raises one problem that says where, and looks at it no more until it changes", async () => {
    await write({ says: "nonsense" });
    const load = newProcess();
    await load().catch(() => {});
    const [first, ...more] = await problems();
    expect(first).toMatchObject({
      partitionKey: "configDocument",
      advice: expect.stringContaining("/says makes no sense"),
    });
    expect(more).toEqual([]);
    halfAMinute();
    await load().catch(() => {});
    expect(await problems()).toEqual([first]);
    await write("{");
    halfAMinute();
    await load().catch(() => {});
    const advice = expect.stringContaining("is not JSON");
    expect(await problems()).toEqual([expect.objectContaining({ advice, state: "open" })]);
    await write({ says: "mended" });
    await newProcess()();
    expect(await problems()).toMatchObject([{ state: "resolved" }]);
  });
});

describe("the copy of the last valid document", () => {
  it("is written only when the document changed", async () => {
    await write({ says: "same" });
    await newProcess()();
    const { etag } = await copy().getProperties();
    await newProcess()();
    expect((await copy().getProperties()).etag).toBe(etag);
    await write({ says: "other" });
    await newProcess()();
    expect((await copy().downloadToBuffer()).toString()).toBe('{"says":"other"}');
  });

  it("is never set back by a process that read an older version and was slow", async () => {
    await write({ says: "newer" });
    await newProcess()();
    const late = { text: '{"says":"older"}', etag: "older", modified: new Date(Date.now() - 60_000) };
    expect(await keepCopy(name, late)).toBe(false);
    expect((await copy().downloadToBuffer()).toString()).toBe('{"says":"newer"}');
  });

  it("is written once by many processes at once", async () => {
    await write({ says: "many" });
    const found = await readConfig(name);
    if (found === undefined || found === "unchanged") throw new Error("The document is there.");
    const wrote = await Promise.all(Array.from({ length: 8 }, () => keepCopy(name, found)));
    expect(wrote.filter((one) => one)).toHaveLength(1);
  });

  it("goes by what is valid now: one that no longer is does not come into force", async () => {
    await write({ says: "good" });
    await newProcess()();
    await copy().upload("{", 1);
    await write("{");
    await expect(newProcess()()).rejects.toMatchObject({ code: "ACS_EVENTS_BROKEN_CONFIG" });
  });

  it("that cannot be written is a problem, and the document is in force all the same", async () => {
    await write({ says: "leased" });
    await newProcess()();
    const lease = copy().getBlobLeaseClient();
    await lease.acquireLease(15);
    await write({ says: "newer" });
    const load = newProcess();
    expect(await load()).toBe("newer");
    const about = (await store.problems()).filter(({ raw }) => raw === `config/in-force/${name}`);
    expect(about).toEqual([expect.objectContaining({ partitionKey: "configDocument", state: "open" })]);
    await lease.releaseLease();
    halfAMinute();
    expect(await load()).toBe("newer");
    expect((await copy().downloadToBuffer()).toString()).toBe('{"says":"newer"}');
    expect(await store.problems()).toContainEqual(
      expect.objectContaining({ raw: `config/in-force/${name}`, state: "resolved" }),
    );
  });

  it("is not what a process goes by that knows a later valid document", async () => {
    await write({ says: "copied" });
    await newProcess()();
    await copy().getBlobLeaseClient().acquireLease(15);
    await write({ says: "later" });
    const load = newProcess();
    expect(await load()).toBe("later");
    await write("{");
    halfAMinute();
    expect(await load()).toBe("later");
    expect(await newProcess()()).toBe("copied");
  });
});

it("is looked at once for all who ask at the same time, and not again for half a minute", async () => {
  await write({ says: "shared" });
  await newProcess()();
  const load = newProcess();
  const asked: string[] = [];
  proxy.answered = ({ service, method, path }, status) => {
    if (service === "Blob") asked.push(`${method} ${path.split("config/")[1]} ${status}`);
  };
  expect(await Promise.all(Array.from({ length: 20 }, load))).toEqual(Array(20).fill("shared"));
  vi.setSystemTime(Date.now() + 29_999);
  await load();
  expect(asked).toEqual([`GET ${name} 200`, `HEAD in-force/${name} 200`]);
  vi.setSystemTime(Date.now() + 1);
  await load();
  expect(asked.slice(2)).toEqual([`GET ${name} 304`]);
  proxy.answered = () => {};
});

it("is found again by those who ask after a look that failed", async () => {
  await write({ says: "back" });
  const load = newProcess();
  proxy.faults = () => "closed";
  await expect(Promise.all([load(), load()])).rejects.toThrow();
  proxy.faults = () => "pass";
  expect(await load()).toBe("back");
});
