/**
 * The lines of a text that comes in pieces, as `\n` ends them. `node:readline` ends lines at U+2028 and U+2029, too, which JSON has
 * as they are.
 */
export async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of texts) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
