// Reads a Bicep file as far as the tests need it: its declarations and the members of object literals. Bicep's compiler is not here; this
// knows strings, comments and brackets, and that a declaration begins at the start of a line.
import { readText } from "../support/repository.ts";

interface Declaration {
  /** The symbol's name. */
  name: string;
  /** A parameter's or output's type; what a module or resource is made from. */
  of: string;
  /** What stands after `=`; undefined for a parameter without a default. */
  value: string | undefined;
  /** What `@allowed` allows. */
  allowed: string[] | undefined;
}

export interface BicepFile {
  /** Without comments. */
  text: string;
  params: Declaration[];
  vars: Declaration[];
  modules: Declaration[];
  resources: Declaration[];
  outputs: Declaration[];
}

/** @param path from the repository's root */
export function readBicep(path: string): BicepFile {
  const text = withoutComments(readText(path));
  const statements = text.split(/^(?=@|(?:targetScope|param|var|module|resource|output)\b)/m);
  const file: BicepFile = { text, params: [], vars: [], modules: [], resources: [], outputs: [] };
  let allowed: string[] | undefined;
  for (const statement of statements) {
    if (statement.startsWith("@allowed(")) allowed = strings(statement);
    const declared =
      /^(param|var|module|resource|output) (\w+)(?: +('[^']*'|[\w[\]]+\??))?(?: +existing)?\s*(?:=\s*([\s\S]*))?/.exec(
        statement,
      );
    if (!declared) continue;
    const [, kind = "", name = "", of = "", value] = declared;
    file[`${kind}s` as "params"].push({ name, of: of.replaceAll("'", ""), value: value?.trim(), allowed });
    allowed = undefined;
  }
  return file;
}

/** The members of an object literal, each with the text of its value; the object may be a `for` or an `if`. */
export function members(literal: string): Record<string, string> {
  const open = literal.indexOf("{");
  const inner = open === -1 ? "" : literal.slice(open + 1, closing(literal, open));
  const found: Record<string, string> = {};
  for (let at = 0; at < inner.length; ) {
    const key = /^[\s,]*(?:'([^']*)'|(\w+)):\s*/.exec(inner.slice(at));
    if (!key) break;
    const from = at + key[0].length;
    at = endOfValue(inner, from);
    found[key[1] ?? key[2] ?? ""] = inner.slice(from, at).trim();
  }
  return found;
}

/** The string literals in a piece of Bicep, as they stand there. */
export function strings(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "'") continue;
    const end = endOfString(text, at);
    found.push(text.slice(at + 1, end - 1));
    at = end - 1;
  }
  return found;
}

/** A piece of Bicep without its texts: what they hold in `${…}` follows, each on a line of its own. */
export function withoutTexts(text: string): string {
  let kept = "";
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== "'") kept += text[at];
    else {
      kept += "''";
      at = endOfString(text, at) - 1;
    }
  }
  const held = strings(text).flatMap((literal) => {
    const starts = [...literal.matchAll(/(?<!\\)\$\{/g)].map(({ index }) => index + 1);
    return starts.map((from) => literal.slice(from + 1, closing(literal, from)));
  });
  return [kept, ...held.map(withoutTexts)].join("\n");
}

/** Where brackets or quotes do not close, in words; undefined when all do. */
export function unbalanced(text: string): string | undefined {
  try {
    const rest = [...outsideStrings(text)].filter(({ at }) => "{[(".includes(text[at] ?? ""));
    for (const { at } of rest) closing(text, at);
    const count = (brackets: string) =>
      [...outsideStrings(text)].filter(({ at }) => brackets.includes(text[at] ?? "")).length;
    return count("{[(") === count("}])") ? undefined : "a bracket closes that was not opened";
  } catch (error) {
    return String(error);
  }
}

function withoutComments(text: string): string {
  let kept = "";
  for (let at = 0; at < text.length; ) {
    if (text[at] === "'") {
      const end = endOfString(text, at);
      kept += text.slice(at, end);
      at = end;
    } else if (text.startsWith("//", at)) {
      at = text.indexOf("\n", at);
    } else {
      kept += text[at++];
    }
  }
  return kept;
}

function* outsideStrings(text: string) {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") at = endOfString(text, at) - 1;
    else yield { at };
  }
}

/** Index after the string that begins at `from`; `${…}` in it may hold strings again. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\n") break;
    if (text[at] === "\\") at++;
    else if (text.startsWith("${", at)) at = closing(text, at + 1);
    else if (text[at] === "'") return at + 1;
  }
  throw new Error(`A string is not closed: ${text.slice(from, from + 60)}`);
}

/** Index of the bracket that closes the one at `from`. */
function closing(text: string, from: number): number {
  const pairs: Record<string, string> = { "{": "}", "[": "]", "(": ")" };
  const open: string[] = [];
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "'") at = endOfString(text, at) - 1;
    else if (character in pairs) open.push(pairs[character] ?? "");
    else if ("}])".includes(character) && open.pop() !== character) break;
    if (open.length === 0) return at;
  }
  throw new Error(`A bracket is not closed: ${text.slice(from, from + 60)}`);
}

/** A value ends with its line, unless it goes on in an indented `?`, `:` or `??`, or within brackets. */
function endOfValue(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "'") at = endOfString(text, at) - 1;
    else if ("{[(".includes(character)) at = closing(text, at);
    else if (character === "," || (character === "\n" && !/^\s*[?:]/.test(text.slice(at)))) return at;
  }
  return text.length;
}
