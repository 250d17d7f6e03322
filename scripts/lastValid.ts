import { readCopy } from "../src/rules/configBlob.ts";
import type { ConfigDocument } from "../src/rules/configDocument.ts";
import { parseDocument } from "../src/rules/parseDocument.ts";
import type { Print } from "./rulesCommand.ts";

/**
 * What the app goes by while the newest document of a kind is broken; undefined when there never was a valid one.
 * @param without what happens then
 */
export async function lastValid<T>(document: ConfigDocument<T>, without: string, print: Print): Promise<T | undefined> {
  const text = await readCopy(document.name);
  const parsed = text === undefined ? undefined : parseDocument(await document.kind(), text);
  const known = parsed && "value" in parsed ? parsed.value : undefined;
  print.out(known ? "In force is the last valid one:" : `There never was a valid one, so ${without}.`);
  return known;
}
