import { createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { sha256Of } from "../src/proof/head.ts";
import { parseHead } from "../src/proof/parseHead.ts";
import { verifyArchive } from "../src/proof/verify/verifyArchive.ts";

/** @returns what gives the number of differences; undefined when the arguments are none of the usage */
export function archiveCommand(args: string[]): (() => Promise<number>) | undefined {
  const asked = read(args);
  if (!asked) return undefined;
  return async () => {
    const heads = (await Promise.all(asked.heads.map(hashesOf))).flat();
    const keys = (await Promise.all(asked.keys.map(keysOf))).flat();
    const trusted = { heads, ...(asked.keys.length > 0 && { keys }) };
    const totals = await verifyArchive(trusted, (what) => console.log(`DIFFERS  ${what}`));
    console.log(
      `${totals.seals} seals; ${totals.whole} objects as they were sealed, ${totals.unsealed} not sealed yet, ` +
        `${totals.bytes} bytes read; ${totals.erased} erased and ${totals.ended} ended by retention, with tombstones; ` +
        `${totals.differences} differences`,
    );
    return totals.differences;
  };
}

function read(args: string[]): { heads: string[]; keys: string[] } | undefined {
  const several = { type: "string", multiple: true } as const;
  try {
    const { head = [], key = [] } = parseArgs({ args, options: { head: several, key: several } }).values;
    return { heads: head, keys: key };
  } catch {
    return undefined;
  }
}

/** What `--head` names: a hash, a copy of a head, or a text with hashes of heads. */
async function hashesOf(head: string): Promise<string[]> {
  if (/^[0-9a-f]{64}$/i.test(head)) return [head.toLowerCase()];
  const content = await readFile(head);
  if (parseHead(content)) return [sha256Of(content)];
  const found = content.toString("utf8").match(/\b[0-9a-f]{64}\b/gi) ?? [];
  if (found.length === 0) throw new Error(`${head} has no SHA-256 of a head.`);
  return found.map((sha256) => sha256.toLowerCase());
}

async function keysOf(file: string) {
  const pems = (await readFile(file, "utf8")).match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  if (pems.length === 0) throw new Error(`${file} has no key in PEM.`);
  return pems.map((pem) => createPublicKey(pem));
}
