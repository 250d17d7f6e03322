// Which numbers are ours: every number that was texted. Two of them that answer each other would never end.
import { claim, read } from "../storage/ledger.ts";

/** Numbers found in the ledger before; a cache that may be dropped. */
const known = new Set<string>();

/** Remembers that a number (E.164 or short code) is ours. */
export async function rememberOurs(number: string): Promise<void> {
  if (known.has(number)) return;
  await claim(["ourNumber", number], { since: new Date() });
  known.add(number);
}

/** Whether a number is known to be ours. */
export async function isOurs(number: string): Promise<boolean> {
  return known.has(number) || (await read(["ourNumber", number])) !== undefined;
}
