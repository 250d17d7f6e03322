/** The begin of a text, without half a character at its end. */
export function begin(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
