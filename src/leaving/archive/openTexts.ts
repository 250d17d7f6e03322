// Texts of ours whose end is not known yet: a run looks at each again, because no event tells what becomes of it.
import { readFile, rename, writeFile } from "node:fs/promises";
import { type OutboxRow, outboxKey } from "../../sms/outbox/rows.ts";
import { read } from "../../storage/ledger.ts";
import type { SentText } from "../records/touched.ts";

export interface OpenText extends SentText {
  state: string;
  at: string;
}

/** Nothing is heard of a text any more after so long (ms). */
const heardOf = 7 * 86_400_000;

/** @param file one text a line */
export async function readOpenTexts(file: string): Promise<OpenText[]> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as OpenText);
}

/** Those of which nothing new is known and may come yet; `changed` is told of the others that are not as they were. */
export async function lookAgain(
  texts: readonly OpenText[],
  now: number,
  changed: (text: SentText) => unknown,
): Promise<OpenText[]> {
  const still: OpenText[] = [];
  for (const text of texts) {
    const state = (await read<OutboxRow>(outboxKey(text.from, text.to, text.id)))?.row.state;
    if (state !== text.state) changed({ from: text.from, to: text.to, id: text.id });
    else if (now - Date.parse(text.at) < heardOf) still.push(text);
  }
  return still;
}

export async function writeOpenTexts(file: string, texts: readonly OpenText[]): Promise<void> {
  const last = new Map(texts.map((text) => [`${text.from} ${text.to} ${text.id}`, text]));
  await writeFile(`${file}.part`, [...last.values()].map((text) => `${JSON.stringify(text)}\n`).join(""));
  await rename(`${file}.part`, file);
}
