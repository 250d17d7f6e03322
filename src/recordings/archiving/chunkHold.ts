// Holding a chunk while it is copied: one job at a time, though jobs come twice, and processes die.
//
//   job (turn n) ──► take ──► copying: owner = the queue message, leaseUntil renewed at each block ──► archived | handed on (turn n+1)
//                      │
//                      ├ a message of the same id came back after a crash: it goes on at once
//                      ├ another message holds it, and its lease runs: nothing to do
//                      └ the job is for an earlier turn: nothing to do
import { Mutex } from "async-mutex";
import { AcsEventsError } from "../../events/errors.ts";
import { type Held, lostRace, read, settle } from "../../storage/ledger.ts";
import { countState } from "../countState.ts";
import { type ChunkRow, chunkKey, finalStates } from "../rows.ts";

/** How long a holder may be silent, in milliseconds: more than the minute for which a source may be. */
const lease = 120_000;

export interface ChunkHold {
  readonly row: ChunkRow;
  /** Records something of the chunk, and renews the hold. @throws AcsEventsError ACS_EVENTS_CHUNK_LOST when another holds it now */
  update(columns: Partial<ChunkRow>): Promise<void>;
  /** Renews the hold when a quarter of it is gone. */
  renew(): Promise<void>;
}

/**
 * Takes a chunk for the queue message `owner`; undefined when it is not this job's turn.
 * @param turn the turn that the job is for
 */
export async function holdChunk(
  { row: { recordingId, documentId } }: Held<ChunkRow>,
  owner: string,
  turn: number,
): Promise<ChunkHold | undefined> {
  const key = chunkKey(recordingId, documentId);
  for (;;) {
    const held = await read<ChunkRow>(key);
    if (!held || finalStates.has(held.row.state) || held.row.turn !== turn) return undefined;
    const { leaseUntil, owner: holder } = held.row;
    if (holder !== owner && leaseUntil && leaseUntil.getTime() > Date.now()) return undefined;
    try {
      const taken = { state: "copying" as const, owner, leaseUntil: new Date(Date.now() + lease) };
      const etag = await settle(key, held.etag, taken);
      countState(taken.state, held.row.state);
      return hold(key, { row: { ...held.row, ...taken }, etag });
    } catch (error) {
      if (!lostRace(error)) throw error;
      // Either another was first, or this very write arrived twice: the row says which.
    }
  }
}

function hold(key: ReturnType<typeof chunkKey>, start: Held<ChunkRow>): ChunkHold {
  let { row, etag } = start;
  const order = new Mutex();
  return {
    get row() {
      return row;
    },
    update: (columns) => order.runExclusive(() => write(columns)),
    async renew() {
      if ((row.leaseUntil?.getTime() ?? 0) - Date.now() < (lease * 3) / 4) await this.update({});
    },
  };

  async function write(columns: Partial<ChunkRow>): Promise<void> {
    const leaseUntil = new Date(Date.now() + lease);
    const change = { leaseUntil, ...columns };
    for (;;) {
      try {
        etag = await settle(key, etag, change);
        if (change.state) countState(change.state, row.state);
        row = { ...row, ...change };
        return;
      } catch (error) {
        if (!lostRace(error)) throw error;
        // This very write may have arrived twice, its first answer lost: then the row is as it wanted to be.
        const now = await read<ChunkRow>(key);
        // An end stays an end: the same message ran twice, and the other run was first.
        if (now && finalStates.has(now.row.state) && now.row.state !== change.state) throw lost();
        const ours = now?.row.owner === row.owner && [row.turn, change.turn].includes(now?.row.turn);
        if (!now || !ours) throw lost();
        etag = now.etag;
      }
    }
  }
}

function lost(): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_CHUNK_LOST", "Another job copies this chunk now; this one has nothing to do.", {
    retryable: true,
  });
}
