import { hash } from "node:crypto";
import { type ArrivedRow, walkArrived } from "../../storage/walkArrived.ts";
import type { SentText } from "../records/touched.ts";

/** A row of what is to be exported. */
export interface WantedRow {
  /** A family, `quarantine` or `recordingFile`. */
  kind: string;
  identity: string;
  storedAt: Date;
  blob: string;
  recordingId?: string;
}

export interface Span {
  /** Those of which something arrived in it; what comes late may be of any that is wanted. */
  kinds: readonly string[];
  /** Where the walk begins: some minutes before `from`, when rows may have come since that were not there yet. */
  walkFrom: number;
  from: number;
  to: number;
}

/** What the export has already, and this slice with it. */
export interface Noted {
  has(id: string): Promise<boolean>;
  add(id: string): Promise<void>;
  /** Notes a text of ours; false when it was noted before. */
  addPlaced(text: SentText): Promise<boolean>;
}

/**
 * What arrived in a span of time, and what was announced in it as late: a redelivery after a crash writes the row of an event that is
 * hours old. What the export has already is left out.
 * @param wantedKinds families, `quarantine`, `recordingFile`
 */
export async function* rowsOf(wantedKinds: ReadonlySet<string>, span: Span, noted: Noted): AsyncGenerator<WantedRow> {
  for await (const row of walkArrived([...span.kinds.filter((kind) => wantedKinds.has(kind)), "late"], {
    from: span.walkFrom,
    to: span.to,
  })) {
    const isLate = row.kind === "late";
    const wanted = asWanted(row);
    if (isLate && (!wantedKinds.has(wanted.kind) || wanted.storedAt.getTime() >= span.walkFrom)) continue;
    const again = isLate || wanted.storedAt.getTime() < span.from;
    if (again && (await noted.has(notedAs(wanted)))) continue;
    await noted.add(notedAs(wanted));
    yield wanted;
  }
}

function asWanted(row: ArrivedRow & { recordingId?: string }): WantedRow {
  const kind = row.of ?? row.kind;
  const identity = row.rowKey.slice(row.rowKey.indexOf("_") + 1);
  return {
    kind,
    identity,
    storedAt: row.arrivedAt === undefined ? row.storedAt : new Date(row.arrivedAt),
    blob: row.blob,
    ...(row.recordingId !== undefined && { recordingId: row.recordingId }),
  };
}

/** An event that was in quarantine and was accepted later has one identity in both. It begins as the identity does: see seen.ts. */
function notedAs({ kind, identity }: WantedRow): string {
  return identity.slice(0, 8) + hash("sha256", `${kind} ${identity}`).slice(0, 24);
}
