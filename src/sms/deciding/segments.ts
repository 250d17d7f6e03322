import { SegmentedMessage } from "sms-segments-calculator";

export interface Segments {
  /** UCS-2 as soon as one character is not in the GSM 7-bit alphabet. */
  encoding: "GSM-7" | "UCS-2";
  /** Of that encoding: septets, of which those like € and [ take two; or UTF-16 code units, of which an emoji takes two or more. */
  units: number;
  /** Messages that carriers send, and charge: 160 units fit into one, 153 into each of several; 70 and 67 in UCS-2. */
  segments: number;
  /** As ACS may count them for its limit: UTF-16 code units. Its documents say characters, and in one place bytes. */
  characters: number;
}

/**
 * Counts what a text becomes on its way. The carrier has the last word: some write the Portuguese or Turkish alphabet without UCS-2.
 * 3GPP TS 23.038 (alphabets), TS 23.040 (parts); https://www.twilio.com/docs/glossary/what-sms-character-limit
 */
export function countSegments(text: string): Segments {
  const { encodingName, encodedChars, segmentsCount } = new SegmentedMessage(text);
  const units = encodedChars.reduce((sum, { codeUnits }) => sum + codeUnits.length, 0);
  return { encoding: encodingName, units, segments: segmentsCount, characters: text.length };
}
