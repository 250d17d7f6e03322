import { hash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import type { RowKey } from "../../storage/deleteRows.ts";
import { rowsOf } from "./rowsOf.ts";

/** An event that stays, with what its rows tell. */
export interface EventLeft {
  event: AcsEvent;
  rows: RowKey[];
  /** Of its blob: hex, and bytes. */
  sha256: string;
  length: number;
}

/** @param content of its blob */
export function eventLeft(event: AcsEvent, blob: string, content: string | Buffer, storedAt: Date): EventLeft {
  const rows = rowsOf(event, blob, storedAt);
  return { event, rows, sha256: hash("sha256", content), length: Buffer.byteLength(content) };
}
