// Texts that were erased with whom they went to: known by a keyed hash of their id, so that none of them is ever decided on or sent again.
import { AcsEventsError } from "../../events/errors.ts";
import { keyedHash } from "../../storage/keyedHash.ts";
import { put, read, type WorkKey } from "../../storage/ledger.ts";

async function keyOf(id: string): Promise<WorkKey> {
  const hash = await keyedHash("erasedText", id);
  return ["erasedText", hash.slice(0, 2), hash];
}

/** Remembers that a text of the outbox is erased; to be called before its row goes. */
export async function rememberErased(id: string): Promise<void> {
  await put(await keyOf(id), { since: new Date() });
}

/** @throws AcsEventsError ACS_EVENTS_ERASED (410) for a text that was erased */
export async function refuseErased(id: string): Promise<void> {
  if ((await read(await keyOf(id))) === undefined) return;
  throw new AcsEventsError("ACS_EVENTS_ERASED", "This text was erased with whom it went to.", { status: 410 });
}
