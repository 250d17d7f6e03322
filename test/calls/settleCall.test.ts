// Two processes at one call, which come to different ends.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { openStore } from "../../dev/stack/store.ts";
import { type CallRow, callKey } from "../../src/calls/incoming/callRow.ts";
import { openCall, settleCall } from "../../src/calls/incoming/settleCall.ts";
import { claim } from "../../src/storage/ledger.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
let proxy: StorageProxy;
let store: ReturnType<typeof openStore>;
beforeAll(async () => {
  [azurite, proxy] = await Promise.all([emptyAzurite(), startStorageProxy()]);
  proxy.target = azurite.connectionString;
  vi.stubEnv("AzureWebJobsStorage", proxy.connectionString);
  store = openStore(azurite.connectionString);
});
afterAll(async () => {
  await azurite?.close();
  proxy?.close();
});

const failed = { state: "failed", reason: "ACS did not answer" } as const;
const redirected = { state: "redirected", reason: "" } as const;
const unanswered = { reason: "ACS answered 503", attempts: 1 };

async function taken() {
  const event = `incomingCall/${randomUUID()}`;
  const work = callKey(event);
  const row: CallRow = {
    ...{ state: "claimed", reason: "", rule: "desk", action: JSON.stringify({ kind: "redirect", to: "+14255550188" }) },
    ...{ event, serverCallId: "", claimedAt: new Date(), attempts: 0, callConnectionId: "" },
  };
  await openCall(work);
  await claim(work, row);
  return {
    settle: (columns: Partial<CallRow>) => settleCall(work, columns),
    async end() {
      const [there] = await store.ledger("incomingCall", work[1]);
      const problems = (await store.problems()).filter(({ raw }) => raw === event).map(({ state }) => state);
      return { state: there?.state, problems, open: (await store.ledger("open:incomingCall", work[1])).length };
    },
  };
}

it("what was done overrules what failed, and the problem ends", async () => {
  const call = await taken();
  await call.settle(failed);
  expect(await call.end()).toEqual({ state: "failed", problems: ["open"], open: 1 });
  await call.settle(redirected);
  expect(await call.end()).toEqual({ state: "redirected", problems: ["resolved"], open: 0 });
});

it("what was done while the problem was being raised ends the problem", async () => {
  const call = await taken();
  const raising = Promise.withResolvers<void>();
  // The client waits, and tries again.
  proxy.faults = ({ method, path }) => {
    if (method !== "POST" || !path.endsWith("/$batch")) return "pass";
    proxy.faults = () => "pass";
    raising.resolve();
    return "unavailable";
  };
  const failing = call.settle(failed);
  await raising.promise;
  await call.settle(redirected);
  await failing;
  expect(await call.end()).toEqual({ state: "redirected", problems: ["resolved"], open: 0 });
});

it.each([
  ["a failure", failed],
  ["a try without an answer", unanswered],
])("what was done stays, and is no problem, after %s", async (_what, columns) => {
  const call = await taken();
  await call.settle(redirected);
  expect(await call.settle(columns)).toMatchObject(redirected);
  expect(await call.end()).toEqual({ state: "redirected", problems: [], open: 0 });
});

it("a try without an answer is no end, and no problem", async () => {
  const call = await taken();
  expect(await call.settle(unanswered)).toMatchObject({ state: "claimed", ...unanswered });
  expect(await call.end()).toEqual({ state: "claimed", problems: [], open: 1 });
});

it("whichever comes first of many at once, what was done stays and no problem is open", async () => {
  for (let round = 0; round < 10; round++) {
    const call = await taken();
    const ends: Partial<CallRow>[] = [failed, unanswered, failed, failed];
    await Promise.all(ends.toSpliced(round % 5, 0, redirected).map(call.settle));
    const { state, problems, open } = await call.end();
    expect({ state, open, problem: problems.includes("open") }).toEqual({
      state: "redirected",
      open: 0,
      problem: false,
    });
  }
});
