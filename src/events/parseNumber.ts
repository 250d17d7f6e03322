import { isE164, toE164 } from "./phoneNumber.ts";

/** In characters; room for how people write numbers. */
const longest = 50;

/**
 * The phone number that a person wrote with its country code, with or without spaces, dots, hyphens and brackets; a short code as it
 * is. Without `+` it has 11 digits or more: 206 555 0123 is Seattle to who wrote it, and +20 65550123 is somebody in Egypt. The digits stay what they are, because events name the number by the same digits.
 * @returns E.164, or a short code; undefined when it is neither: its country code or its length is none
 */
export function parseNumber(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const plain = text.replace(/[\s().-]/g, "");
  const digits = plain.replace(/^\+/, "");
  if (!/^\d+$/.test(digits)) return undefined;
  // Not the parser of a phone library: it would change digits of some countries.
  const number = plain !== digits || digits.length >= 11 ? toE164(digits) : undefined;
  if (number && isE164(number)) return number;
  return plain === digits && digits.length >= 3 && digits.length <= 8 ? digits : undefined;
}
