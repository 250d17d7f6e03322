import { hash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { eventIn } from "../../events/eventIn.ts";
import { containerOf } from "../../storage/arrivedKinds.ts";
import { storageErrorCode } from "../../storage/onDemand.ts";
import { isStub } from "../../storage/stub.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
import type { WantedRow } from "./rowsOf.ts";

export interface ReadEvent {
  row: WantedRow;
  /** JSON, in one line; absent when it cannot be read any more. */
  text?: string;
  sha256: string;
  /** As far as it is one: not in quarantine, and not when it was erased. */
  event?: AcsEvent;
  /** A tombstone explains why it is not as it was received, or not there. */
  changed?: "redacted" | "erased";
}

/** Reads what a row of the index is about, from container `events` or `quarantine`. */
export async function readEvent(row: WantedRow): Promise<ReadEvent> {
  const quarantined = row.kind === "quarantine";
  try {
    const whole = await readWhole(containerOf(row.kind), row.blob);
    if (!whole) return { row, sha256: "" };
    const { content, metadata } = whole;
    const event = quarantined ? undefined : eventIn(content);
    return {
      row,
      // White space between the members is all that a line end can be in JSON.
      text: content.toString("utf8").replace(/[\r\n]+/g, " "),
      sha256: hash("sha256", content),
      ...(metadata.tombstone !== undefined && { changed: isErased(content) ? "erased" : "redacted" }),
      ...(event && { event }),
    };
  } catch (error) {
    if (storageErrorCode(error) !== "BlobArchived") throw error;
    return { row, sha256: "" };
  }
}

/** Whether nothing is left but the name of what was erased. */
function isErased(content: Buffer): boolean {
  try {
    return isStub(JSON.parse(content.toString("utf8")));
  } catch {
    return false;
  }
}
