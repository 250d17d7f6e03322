import { createHash } from "node:crypto";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import { put } from "../../storage/ledger.ts";
import type { Thing } from "../knowing/thingIn.ts";
import { thingPartition } from "./rows.ts";

/** Things that are remembered as noted: most events of a time are about the same ones. */
const maxKnown = 5_000;

/** @returns a function that notes a thing for the export, once however often it is named */
export function thingNoter(exportId: string): (thing: Thing) => Promise<void> {
  const known = new Set<string>();
  return async (thing) => {
    const json = JSON.stringify(thing);
    if (known.has(json)) return;
    const key = `${thing.kind}_${createHash("sha256").update(json).digest("hex")}`;
    await put([...thingPartition(exportId), key], { thing: json });
    if (known.size >= maxKnown) known.clear();
    known.add(json);
  };
}

/** The things of an export, after a row key, in an order that stays. */
export async function* thingsOf(exportId: string, after: string): AsyncGenerator<{ rowKey: string; thing: Thing }> {
  const partitionKey = tableKey(thingPartition(exportId).join(":"));
  let position = after;
  for (;;) {
    const rows = await firstRows<{ thing: string }>("ledger", { partitionKey, after: position }, 100);
    for (const { rowKey, thing } of rows) yield { rowKey, thing: JSON.parse(thing) as Thing };
    position = rows.at(-1)?.rowKey ?? position;
    if (rows.length < 100) return;
  }
}
