// Texts of ours whose end is not known yet: a run looks at each again, because no event tells what becomes of it. They are on disk, because
// there may be as many as were sent in a week.
import { createReadStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { type OutboxRow, outboxKey } from "../../sms/outbox/rows.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { read } from "../../storage/ledger.ts";
import { openLineFile } from "../disk/lineFile.ts";
import { orNone } from "../disk/orNone.ts";
import { openSpool, type Spool } from "../disk/spool.ts";
import type { SentText } from "../records/touched.ts";

export interface OpenText extends SentText {
  state: string;
  at: string;
}

/** Nothing is heard of a text any more after so long (ms). */
const heardOf = 7 * 86_400_000;

/** Texts that are looked at together. */
const atOnce = 16;

/** Where texts are noted, each once. */
export type OpenTexts = Pick<Spool<OpenText>, "all"> & { note(text: OpenText): Promise<void> };

/** @param folder a folder of its own, which is emptied; `now` milliseconds since 1970: what is older than a week by then is not noted */
export async function openTexts(folder: string, now: number): Promise<OpenTexts> {
  const spool = await openSpool<OpenText>(folder);
  return {
    all: spool.all,
    async note(text) {
      if (now - Date.parse(text.at) < heardOf) await spool.put(`${text.from} ${text.to} ${text.id}`, text);
    },
  };
}

/** @param file one text a line; none when there is no such file */
export async function* readOpenTexts(file: string): AsyncGenerator<OpenText> {
  if (!(await orNone(stat(file), undefined))) return;
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8")) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as OpenText;
  }
}

/** Those that are not as they were; of the others, those of which something may be heard yet go to `still`. */
export async function* lookAgain(texts: AsyncIterable<OpenText>, still: OpenTexts): AsyncGenerator<SentText> {
  const look = async (text: OpenText) => {
    const row = (await read<OutboxRow>(outboxKey(text.from, text.to, text.id)))?.row;
    return { text, changed: row?.state !== text.state };
  };
  for await (const { text, changed } of inFlight(texts, atOnce, look)) {
    if (changed) yield { from: text.from, to: text.to, id: text.id };
    else await still.note(text);
  }
}

/** Puts texts in the place of those that the file had, whole or not at all. */
export async function writeOpenTexts(file: string, texts: OpenTexts): Promise<void> {
  const part = await openLineFile(`${file}.part`);
  for await (const [, text] of texts.all()) await part.write(JSON.stringify(text));
  await part.close();
  await rename(`${file}.part`, file);
}
