import { type Claim, type Columns, claim, settle, type WorkKey } from "../../storage/ledger.ts";

/** After its process died, the host keeps a message to itself for ten minutes (ms); no job that claims its work here takes so long. */
const abandoned = 10 * 60_000;

interface Claimed extends Columns {
  state: string;
  /** Id of the queue message that has the claim. */
  owner: string;
  claimedAt: Date;
}

/**
 * Claims the work of a queue message. A claim that is its own from a try before is renewed; one of a message that died and is not tried any
 * more is taken over, so that a replay of it does not find itself shut out.
 *
 *   claim ──► died ──► the same message, up to five times: renewed ──► dead message ──► replay, another message: taken over
 */
export async function claimJob<C extends Claimed>(
  work: WorkKey,
  claimed: C,
  mayTakeOver: (row: C) => boolean = () => true,
): Promise<Claim<C>> {
  const held = await claim<C>(work, claimed);
  const { row, etag } = held;
  if (held.won || row.state !== "claimed") return held;
  const { owner, claimedAt } = claimed;
  const isDead = claimedAt.getTime() - row.claimedAt.getTime() >= abandoned;
  if (row.owner !== owner && !(isDead && mayTakeOver(row))) return held;
  return { won: false, row: { ...row, owner, claimedAt }, etag: await settle(work, etag, { owner, claimedAt }) };
}
