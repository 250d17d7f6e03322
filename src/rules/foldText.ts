/** Written or left out at will in their language, so they do not count: vowel points of Arabic and Hebrew, and Arabic's stretching sign. */
const points = /[\u064b-\u0652\u0670\u0640\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g;

/** What shows nothing of its own: selectors of an emoji's look, skin tones, joiners of letters, soft hyphens, directions, keycaps. */
const unseen =
  /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|[\ufe00-\ufe0f]|\p{Emoji_Modifier}|\p{Me}/gu;
/** A zero-width joiner makes one emoji of several; elsewhere it shows nothing. */
const looseJoiner = /(?<!\p{Extended_Pictographic})\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** Letters that Unicode does not take apart, and what people write who do not have them on their keyboard. */
const letters: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ŧ: "t", ı: "i", ς: "σ" },
  // Alef with wasla; the yehs and kafs of Arabic, Persian and Urdu keyboards.
  ...{ "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643" },
};
const letter = new RegExp(`[${Object.keys(letters).join("")}]`, "gu");

/** On a vowel of Cyrillic. */
const stress = /[\u0300\u0301]/g;
const stressOrDots = /[\u0300\u0301\u0308]/g;

/**
 * A text with what does not count when words are compared taken out: letter case, width, diacritics. Folding again changes nothing.
 *
 * Marks go only where their language reads a word without them: on Latin and Greek letters, as stress and as the dots of Russian yo in
 * Cyrillic, as points in Arabic and Hebrew, the hamza on alef. Elsewhere a mark is a letter or part of one, and stays: the vowel
 * signs of India and Thailand, the voicing of kana, the breve of Cyrillic short i, the syllables of Hangul. Much as Lucene's
 * ASCIIFoldingFilter and ArabicNormalizer do
 * (https://lucene.apache.org/core/8_5_1/analyzers-common/org/apache/lucene/analysis/ar/ArabicNormalizer.html).
 */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFKD")
    .toLowerCase()
    .replace(unseen, "")
    .replace(looseJoiner, "")
    .replace(points, "")
    .replace(/([\p{sc=Latin}\p{sc=Greek}])\p{Mn}+/gu, "$1")
    .replace(/[аеиоуыэюяєі]\p{Mn}+/gu, (vowel) => vowel.replace(vowel.startsWith("е") ? stressOrDots : stress, ""))
    .replace(/\u0627[\u0653-\u0655]+/gu, "\u0627")
    .replace(letter, (found) => letters[found] ?? found)
    .normalize("NFC");
}
