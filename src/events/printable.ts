/** Foreign text for a message: at most `limit` UTF-16 code units, without control and line-breaking characters. */
export function printable(text: string, limit = 200): string {
  const plain = text.slice(0, limit).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "");
  return text.length > limit ? `${plain}…` : plain;
}
