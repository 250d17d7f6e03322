/** JSON text for a column. A raw line separator within a transaction makes Azurite refuse all of it; the escape means the same. */
export function columnJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (char) => (char === "\u2028" ? "\\u2028" : "\\u2029"));
}
