import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { incomingCallsDocument } from "../src/calls/incoming/loadIncomingCalls.ts";
import { autoRepliesDocument } from "../src/sms/loadAutoReplies.ts";
import { openDocument } from "./openDocument.ts";
import type { Print } from "./rulesCommand.ts";

/**
 * Says whether the owner's documents in the storage account are valid, or one on this machine is.
 * @returns the exit code
 */
export async function checkDocuments(file: string | undefined, print: Print): Promise<0 | 1> {
  const which = file === undefined ? "both" : await kindOf(file);
  const replies = which === "incomingCalls" || (await openDocument(autoRepliesDocument, file, print));
  const calls = which === "autoReplies" || (await openDocument(incomingCallsDocument, file, print));
  return replies && calls ? 0 : 1;
}

/** Which document a file holds: its name or its `$schema` tells. */
async function kindOf(file: string): Promise<"incomingCalls" | "autoReplies"> {
  const named = basename(file).includes("incoming-calls");
  const text = named ? "" : await readFile(file, "utf8").catch(() => "");
  return named || /"\$schema"\s*:\s*"[^"]*incoming-calls/.test(text) ? "incomingCalls" : "autoReplies";
}
