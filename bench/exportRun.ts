// One export in a process of its own, for bench/leaving.ts: prints events and peak memory as JSON.
//   exportRun.ts DIR            what the account has
//   exportRun.ts DIR EVENTS     so many events that are made up on the way, by the same code
import { accept } from "../src/events/accept.ts";
import { exportArchive } from "../src/leaving/archive/exportArchive.ts";
import { account, type Source } from "../src/leaving/archive/source.ts";

const [out = "", events] = process.argv.slice(2);
const day = 86_400_000;
/** Days over which made up events are spread. */
const days = 20;
const begin = Math.floor(Date.now() / day) * day - days * day;

function generated(count: number): Source {
  const step = (days * day) / count;
  return {
    async *rows(_, { from, to }, noted) {
      for (let number = Math.ceil((from - begin) / step); number < count; number++) {
        const storedAt = begin + Math.floor(number * step);
        if (storedAt >= to) return;
        const identity = identityOf(number);
        await noted.add(identity);
        yield { kind: "email", identity, storedAt: new Date(storedAt), blob: `email/Report/${number}.json` };
      }
    },
    async readEvent(row) {
      const event = reportOf(row.identity, row.storedAt.toISOString());
      return { row, text: JSON.stringify(event), sha256: row.identity, event: accept(event) };
    },
    async *placedTexts() {},
    nextDay: async (kind, from) => (kind === "email" && from < begin + days * day ? Math.max(from, begin) : undefined),
  };
}

/** Each another one, and spread as hashes are. */
const identityOf = (number: number) =>
  (Math.imul(number, 2_654_435_761) >>> 0).toString(16).padStart(8, "0") + String(number).padStart(56, "0");

function reportOf(id: string, eventTime: string) {
  return {
    ...{ id, eventTime, topic: "/subscriptions/fill", subject: "sender/a/message/b" },
    ...{ eventType: "Microsoft.Communication.EmailDeliveryReportReceived", dataVersion: "1.0", metadataVersion: "1" },
    data: {
      messageId: id,
      sender: "a@contoso.example",
      recipient: `${id.slice(0, 8)}@contoso.example`,
      status: "Delivered",
    },
  };
}

const source = events === undefined ? account : generated(Number(events));
const { counts } = await exportArchive({ out, format: "jsonl" }, () => {}, source);
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ counts, peak }));
