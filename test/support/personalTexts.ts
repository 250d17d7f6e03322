/** Texts in an event that are somebody's: numbers, addresses, names, what they wrote. */
export function personalTexts(value: unknown, key = ""): string[] {
  if (typeof value === "string") {
    const isNumber = /^\+?\d{10,15}$/.test(value) && /phone|from|^to$|value|caller|recipient|sender/i.test(key);
    const isWords = /^(message|messageBody|originalMessage|text|content|subject|\w*displayName)$/i.test(key);
    return isNumber || /^\S+@\S+\.\w+$/.test(value) || (isWords && value.length > 3) ? [value] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => personalTexts(inner, name));
}
