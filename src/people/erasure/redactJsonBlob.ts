import { hash } from "node:crypto";
import { isObject } from "../../events/json.ts";
import type { ContainerName } from "../../storage/blobs.ts";
import { replaceErased } from "../../storage/replaceErased.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
import type { Work } from "./work.ts";

/** Takes the person's ids out of a JSON blob, such as a recording's metadata. */
export async function redactJsonBlob(work: Work, container: ContainerName, blob: string): Promise<void> {
  const whole = await readWhole(container, blob);
  if (!whole) return;
  const text = whole.content.toString("utf8");
  const content = redactJson(text, work.finder.redact);
  if (content === text) return;
  const before = hash("sha256", whole.content);
  await work.note([{ container, blob, done: "redacted", before, after: hash("sha256", content) }]);
  await replaceErased(container, blob, { tombstone: work.id, content, etag: whole.etag, before });
}

/** JSON text with all of its strings changed; the same text when none is. What is no JSON is taken for one string. */
export function redactJson(text: string, redact: (value: string, member: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return redact(text, "");
  }
  let changed = false;
  const walk = (part: unknown, member: string): unknown => {
    if (typeof part === "string") {
      const after = redact(part, member);
      changed ||= after !== part;
      return after;
    }
    if (Array.isArray(part)) return part.map((each) => walk(each, member));
    if (!isObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [String(walk(name, "")), walk(each, name)]));
  };
  const redacted = walk(value, "");
  return changed ? JSON.stringify(redacted) : text;
}
