import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { incomingCallsDocument } from "../src/calls/incoming/loadIncomingCalls.ts";
import { peopleDocument } from "../src/people/knowing/loadPeople.ts";
import { autoRepliesDocument } from "../src/sms/loadAutoReplies.ts";
import { openDocument } from "./openDocument.ts";
import type { Print } from "./rulesCommand.ts";

/**
 * Says whether the owner's documents in the storage account are valid, or one on this machine is.
 * @returns the exit code
 */
export async function checkDocuments(file: string | undefined, print: Print): Promise<0 | 1> {
  const which = file === undefined ? undefined : await kindOf(file);
  const wanted = (kind: Kind) => which === undefined || which === kind;
  const replies = !wanted("auto-replies") || (await openDocument(autoRepliesDocument, file, print));
  const calls = !wanted("incoming-calls") || (await openDocument(incomingCallsDocument, file, print));
  const people = !wanted("people") || (await openDocument(peopleDocument, file, print));
  return replies && calls && people ? 0 : 1;
}

type Kind = "auto-replies" | "incoming-calls" | "people";

/** Which document a file holds: its name or its `$schema` tells. */
async function kindOf(file: string): Promise<Kind> {
  const text = await readFile(file, "utf8").catch(() => "");
  const schema = /"\$schema"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? "";
  const others = ["incoming-calls", "people"] as const;
  const named = (name: string) => others.find((kind) => name.startsWith(kind) || name.endsWith(`${kind}.json`));
  return named(basename(file)) ?? others.find((kind) => schema.includes(`${kind}.schema`)) ?? "auto-replies";
}
