import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

interface Page {
  value: { recordingId: string; startedAt: string; state: string }[];
  continuationToken?: string;
}

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

async function list(query: Record<string, string | number | undefined> = {}): Promise<Page> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const response = await app.get(`/api/recordings?${parameters}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

/** The ids of all pages, and the pages. */
async function walk(query: Record<string, string | number> = {}) {
  const pages: Page[] = [];
  let continuationToken: string | undefined;
  do {
    const page = await list({ ...query, continuationToken });
    pages.push(page);
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined);
  return { ids: pages.flatMap(({ value }) => value.map(({ recordingId }) => recordingId)), pages };
}

/** An event of a recording without chunks. */
const bare = (recordingId: string, recordingStartTime: string) =>
  recordingEvent(recordingId, [], { recordingStartTime, callId: undefined });

it("is empty before anything was recorded", async () => {
  expect((await walk()).ids).toEqual([]);
});

describe("of recordings over years", () => {
  const starts: Record<string, string> = {
    newest: "2026-11-20T09:00:00Z",
    "same-time": "2026-11-20T08:00:00Z",
    "same-time-too": "2026-11-20T08:00:00Z",
    "month-begin": "2026-11-01T00:00:00.000Z",
    "month-end": "2026-10-31T23:59:59.999Z",
    "years-ago": "2022-03-01T12:00:00Z",
    oldest: "2020-02-01T12:00:00Z",
  };

  beforeAll(async () => {
    const { chunk: saved } = await addChunk(app, 0, { documentId: "list-0", bytes: 1234 });
    const { chunk: lost } = await addChunk(app, 0, { documentId: "list-1" });
    await app.fault({ kind: "content", fault: "503", documentId: "list-1", times: 1000 });
    await app.publish([
      recordingEvent("newest", [saved], { recordingStartTime: starts.newest, serverCallId: "server-call" }),
      recordingEvent("month-end", [lost], { recordingStartTime: starts["month-end"] }),
      ...Object.entries(starts)
        .filter(([id]) => id !== "newest" && id !== "month-end")
        .map(([id, start]) => bare(id, start)),
    ]);
  });

  it("lists them newest first, whatever the size of pages", async () => {
    for (const pageSize of [1, 2, 3, 20, 100]) {
      const { ids, pages } = await walk({ pageSize });
      expect(ids.toSorted()).toEqual(Object.keys(starts).toSorted());
      const times = pages.flatMap(({ value }) => value.map(({ startedAt }) => startedAt));
      expect(times).toEqual(times.toSorted().toReversed());
      expect(Math.max(...pages.map(({ value }) => value.length))).toBeLessThanOrEqual(pageSize);
    }
  });

  it("says of each what the archive has of it", async () => {
    const [first] = (await list({ pageSize: 1 })).value;
    expect(first).toEqual({
      recordingId: "newest",
      startedAt: "2026-11-20T09:00:00.000Z",
      state: "complete",
      callId: "call-17",
      serverCallId: "server-call",
      chunks: { archived: 1 },
      bytes: 1234,
      link: "/api/recordings/newest",
    });
  });

  it("keeps to the time between from and to, both included", async () => {
    const between = async (from: string, to: string) => (await walk({ from, to })).ids.toSorted();
    expect(await between("2026-11-01T00:00:00Z", "2026-11-20T08:00:00Z")).toEqual([
      "month-begin",
      "same-time",
      "same-time-too",
    ]);
    expect(await between("2026-10-31T23:59:59.999Z", "2026-11-01T01:00:00+01:00")).toEqual([
      "month-begin",
      "month-end",
    ]);
    expect(await between("2020-01-01", "2020-12-31")).toEqual(["oldest"]);
    expect(await between("2021-01-01", "2021-12-31")).toEqual([]);
    expect(await between("1999-01-01", "9999-12-31")).toHaveLength(Object.keys(starts).length);
  });

  it("keeps to a state", async () => {
    expect((await walk({ state: "complete" })).ids).toEqual(["newest"]);
    expect((await walk({ state: "incomplete", pageSize: 2 })).ids).toHaveLength(Object.keys(starts).length - 1);
  });

  it("looks at two years in one call", async () => {
    const { pages } = await walk({ to: "2026-09-30T00:00:00Z" });
    // 2026-09 to 2020-01 are 81 months; a token stands in the month that it ends, which is looked at again.
    expect(pages.map(({ value }) => value.map(({ recordingId }) => recordingId))).toEqual([
      [],
      [],
      ["years-ago"],
      ["oldest"],
    ]);
  });

  it("looks at no more than 200 recordings in one call", async () => {
    const events = Array.from({ length: 230 }, (_, n) =>
      bare(`many-${n}`, new Date(Date.UTC(2024, 5, 1, 0, n)).toISOString()),
    );
    await app.publish(events, { batch: 50 });
    const { pages, ids } = await walk({ from: "2024-06-01", to: "2024-06-30", state: "complete" });
    expect([ids.length, pages.length]).toEqual([0, 2]);
    const all = await walk({ from: "2024-06-01", to: "2024-06-30", pageSize: 100 });
    expect([new Set(all.ids).size, all.pages.map(({ value }) => value.length)]).toEqual([230, [100, 100, 30]]);
  });
});

it.each([
  ["from", "yesterday"],
  ["from", "2026-13-01"],
  ["from", "2026-11-20T09:00:00"],
  ["from", "9999-01-01"],
  ["to", "' or 1 eq 1"],
  ["state", "archived"],
  ["pageSize", "0"],
  ["pageSize", "101"],
  ["pageSize", "1e1"],
  ["continuationToken", "x"],
  ["continuationToken", Buffer.from("099999999999999_' or RowKey gt '").toString("base64url")],
  ["continuationToken", `${Buffer.from(`098219900000000_${"0".repeat(64)}`).toString("base64url")}=`],
])("refuses %s=%s with advice", async (name, value) => {
  const response = await app.get(`/api/recordings?${new URLSearchParams({ [name]: value })}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    code: "ACS_EVENTS_BAD_REQUEST",
    message: expect.stringContaining(name === "continuationToken" ? "leave it out" : name),
    target: name,
    details: [],
  });
});
