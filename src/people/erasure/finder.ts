// Finds a person's names in any text: in JSON, subjects, keys of tables and names of blobs, each of which writes an id in its own way. Pure.
import { hashOf, listOf } from "../../calls/record/rows.ts";
import type { Entity } from "../../events/entities.ts";
import { kindOf } from "../knowing/personNamed.ts";

/** Whom a text is searched for. */
export interface Subject {
  /** `person:…`: all names of the person. */
  entities: readonly Entity[];
  /** Names that were shown of the person. */
  names: readonly string[];
  /** What stands in their place: `erased:{keyed hash}`. */
  token: string;
}

export interface Finder {
  subject: Subject;
  /** Whether a text names the person by an id. */
  finds(text: string): boolean;
  /** The text without the person's ids. */
  redact(text: string): string;
  /** The text without ids and without names that were shown; only where the person takes part, because other people have the same name. */
  redactNames(text: string): string;
  /** Whether a key of a table names the person; also by ids that are too short to be looked for within texts. */
  findsInKey(key: string): boolean;
}

/** An id with fewer digits is found in too many texts that mean something else: it must be all of a text, or a part of a key. */
const leastDigits = 7;

/** A shorter name would be found within half of all sentences. */
const leastName = 2;

export function finderOf(subject: Subject): Finder {
  const ids = subject.entities.map((entity) => entity.slice("person:".length));
  const patterns = subject.entities.flatMap(patternsOf);
  const whole = new Set(ids.map((id) => id.toLowerCase()));
  const idPattern = patterns.length > 0 ? patterns.join("|") : "(?!)";
  const [find, replace] = [new RegExp(idPattern, "iu"), new RegExp(idPattern, "giu")];
  const names = subject.names.filter((name) => name.length >= leastName).toSorted((a, b) => b.length - a.length);
  const shown = names.map((name) => `(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`).join("|");
  const replaceNames = new RegExp(shown || "(?!)", "giu");
  // Under such a hash a call is noted in the list of the person's calls; one of a number is soon guessed.
  const hashes = subject.entities.map((entity) => `${hashOf(listOf(entity))}_`);
  const redact = (text: string) =>
    whole.has(text.toLowerCase()) ? subject.token : text.replace(replace, () => subject.token);
  const finds = (text: string) => whole.has(text.toLowerCase()) || find.test(text);
  return {
    subject,
    finds,
    redact,
    redactNames: (text) => redact(text).replace(replaceNames, () => subject.token),
    findsInKey: (key) =>
      finds(key) ||
      hashes.some((hash) => key.startsWith(hash)) ||
      subject.entities.some((entity) => key === entity || key.endsWith(`:${entity}`)) ||
      key.split(":").some((part) => whole.has(part.toLowerCase())),
  };
}

/** How an id of each kind is written; none for ids that are only looked for as the whole of a text. */
function patternsOf(entity: Entity): string[] {
  const id = entity.slice("person:".length);
  const kind = kindOf(entity);
  if (kind === "phoneNumber") {
    const digits = id.replace(/^\+/, "");
    if (digits.length < leastDigits) return [];
    // As ACS writes it (4:+…, with what tells calls of one number apart), and as people do.
    const number = [...digits].join("[ ().\\u00a0-]{0,2}");
    return [
      `4${escaped(":")}(?:${escaped("+")})?${digits}(?!\\d)(?:_[\\w-]+)?`,
      `(?:${escaped("+")}|(?<=%[0-9a-f]{2}|![0-9a-f]{2})|(?<!\\d))${number}(?!\\d)`,
    ];
  }
  if (kind === "userId") return [];
  // After an encoded character stands its code, which has letters and digits.
  const begin = "(?:(?<=%[0-9a-f]{2}|![0-9a-f]{2})|(?<![\\w.+-]))";
  const around = (text: string) => `${begin}${escaped(text)}(?![\\w-])`;
  // A user of Teams is also named by the id alone.
  const [, teams] = /^8:(?:orgid|gcch|dod):([0-9a-f-]{36})$/i.exec(id) ?? [];
  return [around(id), ...(teams ? [around(teams)] : [])];
}

/** A pattern for a text as it is, percent-encoded, and as keys of tables and names of blobs write it. */
function escaped(text: string): string {
  return [...text]
    .map((char) => {
      if (/[\p{L}\p{N}]/u.test(char)) return char;
      const hex = Buffer.from(char).toString("hex");
      return hex.length > 2 ? char : `(?:\\x${hex}|%${hex}|!${hex})`;
    })
    .join("");
}
