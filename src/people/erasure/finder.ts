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
  /**
   * Whether a text names the person by an id.
   * @param member under which it stands, if it is a value: an id that may be a word is one only under some names
   */
  finds(text: string, member?: string): boolean;
  /** The text without the person's ids. */
  redact(text: string, member?: string): string;
  /** The text without ids and without names that were shown; only where the person takes part, because other people have the same name. */
  redactNames(text: string): string;
  /** The same of a value that is somebody's name, and so may be one word. */
  redactName(text: string): string;
  /** Whether a key of a table names the person. */
  findsInKey(key: string): boolean;
}

/** An id with fewer digits is found in too many texts that mean something else. So is a user's id, which may be a word. */
const leastDigits = 7;

/** Members of JSON and columns of tables whose value is an id of somebody. */
const whose =
  "from|to|rawId|userId|identifier|participantId|memberId|senderId|recipientId|sender|recipient|theirNumber";
const isWhose = new RegExp(`^(?:${whose})$`, "i");
/** Old shapes begin with a capital letter. */
const whoseInText = whose.replace(/[a-z]\w*/g, (name) => `[${name[0]}${name[0]?.toUpperCase()}]${name.slice(1)}`);

/** A name of one word may be any word in a sentence. */
const isFullName = /\S\s+\S/;

export function finderOf(subject: Subject): Finder {
  const strong = subject.entities.flatMap(patternsOf);
  const weak = subject.entities.filter(isWeak);
  const whole = new Set(weak.map(idIn));
  const [ids, anyId] = [either(strong, "iu"), either(strong, "giu")];
  // The same word in other letters is somebody else.
  const [words, anyWord] = [either(weak.flatMap(placesOf), "u"), either(weak.flatMap(placesOf), "gu")];
  const names = subject.names.filter((name) => name !== "").toSorted((a, b) => b.length - a.length);
  const shown = new Set(names.map((name) => name.toLowerCase()));
  const fullNames = names.filter((name) => isFullName.test(name));
  const anyName = either(
    fullNames.map((name) => `(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`),
    "giu",
  );
  // Under such a hash a call is noted in the list of the person's calls; one of a number is soon guessed.
  const hashes = subject.entities.map((entity) => `${hashOf(listOf(entity))}_`);
  const isId = (text: string, member: string) => isWhose.test(member) && whole.has(text);
  const token = () => subject.token;
  const redact = (text: string, member = "") =>
    isId(text, member) ? subject.token : text.replace(anyId, token).replace(anyWord, token);
  const finds = (text: string, member = "") => isId(text, member) || ids.test(text) || words.test(text);
  const redactNames = (text: string) => redact(text).replace(anyName, token);
  return {
    subject,
    finds,
    redact,
    redactNames,
    redactName: (text) => (shown.has(text.trim().toLowerCase()) ? subject.token : redactNames(text)),
    findsInKey: (key) => finds(key) || hashes.some((hash) => key.startsWith(hash)),
  };
}

const idIn = (entity: Entity) => entity.slice("person:".length);
const digitsIn = (number: string) => number.replace(/^\+/, "");

/** Whether an id may mean something else in a text: it is found only where it stands for a person. */
export function isWeak(entity: Entity): boolean {
  const kind = kindOf(entity);
  return kind === "userId" || (kind === "phoneNumber" && digitsIn(idIn(entity)).length < leastDigits);
}

function either(patterns: readonly string[], flags: string): RegExp {
  return new RegExp(patterns.length > 0 ? patterns.join("|") : "(?!)", flags);
}

/** Where a weak id stands for the person: in keys, in names of people, and in members of JSON that hold ids. */
function placesOf(entity: Entity): string[] {
  const id = escaped(idIn(entity));
  const end = '(?=$|["\\\\])';
  const places = [
    `(?<=(?:^|[":\\s])person:)${id}${end}`,
    `(?<="(?:${whoseInText})\\\\?"\\s*:\\s*\\[?\\s*\\\\?")${id}(?=\\\\?")`,
  ];
  if (kindOf(entity) === "userId") return places;
  return [...places, `(?<=(?:^|")(?:sms|outbox):[^:"]+:)${id}${end}`, `(?<![\\w:])4:${escaped("+")}?${id}(?!\\w)`];
}

/** How an id of each kind is written; none for weak ones. */
function patternsOf(entity: Entity): string[] {
  if (isWeak(entity)) return [];
  const id = idIn(entity);
  if (kindOf(entity) === "phoneNumber") {
    const digits = digitsIn(id);
    // As ACS writes it (4:+…, with what tells calls of one number apart), and as people do.
    const number = [...digits].join("[ ().\\u00a0-]{0,2}");
    return [
      `4${escaped(":")}(?:${escaped("+")})?${digits}(?!\\d)(?:_[\\w-]+)?`,
      `(?:${escaped("+")}|(?<=%[0-9a-f]{2}|![0-9a-f]{2})|(?<!\\d))${number}(?!\\d)`,
    ];
  }
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
