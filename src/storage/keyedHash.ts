// Hashes under which things are found again by who knows what they are about, and by nobody else: phone numbers are so few that a plain
// hash of one is soon guessed.
import { createHmac, randomBytes } from "node:crypto";
import { setting } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";
import { claim, read, type WorkKey } from "./ledger.ts";

/** `key` is the key that the app made; empty where HASH_KEY was in use first. `fingerprint` says which key it was, and not the key. */
type KeyRow = { key: string; fingerprint: string; since: Date };

const keyRow: WorkKey = ["secret", "hashKey"];

let current: { given: string; key: Promise<string> } | undefined;

/**
 * HMAC-SHA-256, in hex, of a list of texts: by HASH_KEY, else by a key that the app made once and keeps in its ledger. The same for
 * ever, in every process.
 * @throws AcsEventsError ACS_EVENTS_HASH_KEY_CHANGED (retryable) when another key was used before: all that was kept under it would be
 * forgotten without a word; ACS_EVENTS_BAD_SETTING
 */
export async function keyedHash(...parts: string[]): Promise<string> {
  return hmac(await hashKey(), JSON.stringify(parts));
}

function hashKey(): Promise<string> {
  const given = setting("HASH_KEY");
  if (current?.given === given) return current.key;
  const opened = { given, key: open(given) };
  current = opened;
  opened.key.catch(() => {
    if (current === opened) current = undefined;
  });
  return opened.key;
}

async function open(given: string): Promise<string> {
  const key = given || randomBytes(32).toString("base64");
  const mine = { key: given ? "" : key, fingerprint: fingerprintOf(key), since: new Date() };
  const { row } = await claim<KeyRow>(keyRow, mine);
  // HASH_KEY may be set to the very key that the app made: so it moves out of the storage account.
  const inUse = given || row.key;
  if (inUse && row.fingerprint === fingerprintOf(inUse)) return inUse;
  throw new AcsEventsError(
    "ACS_EVENTS_HASH_KEY_CHANGED",
    "HASH_KEY is not what it was when it was used first, so opt-outs cannot be found. Set it to what it was, or to nothing if it was not set; the key cannot be changed.",
    { retryable: true },
  );
}

/**
 * Whether what was kept under the key can still be found, without making a key.
 * @returns none: there is no key yet; given: it is HASH_KEY; own: it is the app's; changed: it is neither
 * @throws AcsEventsError ACS_EVENTS_BAD_SETTING
 */
export async function hashKeyState(): Promise<"none" | "given" | "own" | "changed"> {
  const given = setting("HASH_KEY");
  const held = await read<KeyRow>(keyRow);
  if (!held) return "none";
  const inUse = given || held.row.key;
  if (!inUse || held.row.fingerprint !== fingerprintOf(inUse)) return "changed";
  return given ? "given" : "own";
}

function fingerprintOf(key: string): string {
  return hmac(key, "fingerprint of the hash key").slice(0, 32);
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
