// With ACS_OPT_OUT_SYNC, the last word is the last at ACS too, when ACS carries out an earlier request after a later one.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
let words = 0;

/** A word, later than all before it. */
function said(message: string, from: string) {
  const receivedTimestamp = new Date(Date.UTC(2026, 10, 20, 9, 30, ++words)).toISOString();
  return textEvent(`late-${words}`, { message, from, receivedTimestamp });
}

async function kept(theirs: string) {
  return (await (await app.get(`/api/sms/opt-outs/${ourNumber}/${theirs}`)).json()) as Record<string, unknown>;
}

describe("a request that ACS carries out late", () => {
  let slow: Awaited<ReturnType<typeof startSlowAcs>>;

  beforeAll(async () => {
    slow = await startSlowAcs();
    app = await startApp({
      ...{ AUTO_REPLY: "off", ACS_OPT_OUT_SYNC: "true", ACS_SIMULATOR: slow.url },
      ACS_CONNECTION_STRING: `endpoint=${slow.url}/;accesskey=${Buffer.alloc(32, 7).toString("base64")}`,
    });
  });
  afterAll(async () => {
    await app?.close();
    await slow?.close();
  });

  /** The STOP's request is held at ACS until the START after it is all done. */
  async function overtake(from: string): Promise<() => void> {
    slow.requests.length = 0;
    const held = slow.holdNext();
    await app.eventGrid.publish([said("STOP", from)]);
    const release = await held;
    await app.eventGrid.publish([said("START", from)]);
    await vi.waitFor(async () => expect(await kept(from)).toMatchObject({ state: "in", acs: "told" }), {
      timeout: 60_000,
    });
    return release;
  }

  it("does not have the last word", async () => {
    const release = await overtake("+14255550131");
    release();
    await app.idle();
    expect(slow.requests).toEqual(["remove", "add", "remove"]);
    expect(slow.list.has("+14255550131")).toBe(false);
  });

  it("does not have it after a crash either", async () => {
    const release = await overtake("+14255550132");
    app.host.kill();
    release();
    await app.idle();
    expect(slow.requests.slice(0, 2)).toEqual(["remove", "add"]);
    expect(slow.requests.at(-1)).toBe("remove");
    expect(slow.list.has("+14255550132")).toBe(false);
  });
});

/** An ACS that carries out a request when it answers, and answers when it is let. */
async function startSlowAcs() {
  const list = new Set<string>();
  /** As carried out. */
  const requests: string[] = [];
  let hold: ((release: () => void) => void) | undefined;
  const server = createServer(async (request, response) => {
    const action = /optouts:(\w+)/.exec(request.url ?? "")?.[1] ?? "";
    const to: string = JSON.parse(await text(request)).recipients[0].to;
    const next = hold;
    hold = undefined;
    if (next) await new Promise<void>((release) => next(release));
    requests.push(action);
    if (action === "add") list.add(to);
    else list.delete(to);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ value: [{ to, httpStatusCode: 200 }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    list,
    requests,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Holds the next request; gives what lets it go, once it is there. */
    holdNext: () =>
      new Promise<() => void>((resolve) => {
        hold = resolve;
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
