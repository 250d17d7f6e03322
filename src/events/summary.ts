import type { Definition } from "./definitions.ts";
import type { JsonObject } from "./json.ts";

/** A row of the timeline holds at most so much of an event (design.md), in UTF-8 bytes of JSON. */
const MAX_BYTES = 4096;
const MAX_TEXT = 1000;

/**
 * The small part of an event that lists show: the plain members of its data and what its definition adds. Long texts are
 * cut, and cut again until all of it fits in 4 KB.
 */
export function summaryOf(definition: Definition, data: JsonObject): JsonObject {
  const summary: JsonObject = {};
  for (const name in definition.data.properties) {
    const value = data[name];
    if (value !== undefined && typeof value !== "object") summary[name] = value;
  }
  if (definition.summary) Object.assign(summary, definition.summary({ data }));
  let bytes = 2;
  for (const name in summary) {
    const value = summary[name];
    if (value === undefined) delete summary[name];
    else if (typeof value !== "string") bytes += name.length + 30;
    else {
      const short = cut(value, MAX_TEXT);
      summary[name] = short;
      // Six bytes are the most that one code unit takes in JSON ("\u0000").
      bytes += name.length + 6 + 6 * short.length;
    }
  }
  if (bytes > MAX_BYTES) shrink(summary);
  return summary;
}

function shrink(summary: JsonObject): void {
  while (Buffer.byteLength(JSON.stringify(summary)) > MAX_BYTES) {
    let longest: string | undefined;
    for (const name in summary) {
      const value = summary[name];
      if (typeof value === "string" && value.length > String(summary[longest ?? ""] ?? "").length) longest = name;
    }
    if (longest === undefined) return;
    summary[longest] = cut(summary[longest] as string, Math.floor((summary[longest] as string).length / 2));
  }
}

/** Cuts between characters, not between the two halves of one. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
