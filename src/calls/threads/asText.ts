// A transcript for reading. Each line of a transcript begins with a time, and no line of a message does: further lines of it are indented.
import { defined } from "../../events/defined.ts";
import type { ChangeItem } from "./foldChange.ts";
import type { Item } from "./foldItem.ts";
import type { MessageItem, Version } from "./foldMessage.ts";
import type { Stay } from "./foldStays.ts";
import type { Thread } from "./foldThread.ts";
import { line, type NameOf, namesIn, quoted } from "./namesIn.ts";

const indent = " ".repeat("2026-11-20 09:30:00Z".length);

/** A page of a transcript as plain text. @param more the path of the next page, if there is one */
export function asText(threadId: string, thread: Thread, items: readonly Item[], more?: string): string {
  const nameOf = namesIn(thread, items);
  const head = [`Thread ${line(threadId)}`];
  if (thread.topic !== undefined) head.push(`Topic: ${line(thread.topic)}`);
  for (const stay of thread.participants) head.push(`Participant: ${participantLine(stay, nameOf)}`);
  for (const why of thread.partial ?? []) head.push(`Not all: ${why}`);
  const told = items.flatMap((item) =>
    item.kind === "message" ? messageLines(item, nameOf) : [changeLine(item, nameOf)],
  );
  const foot = more === undefined ? [] : ["", `There is more: ${more}`];
  return `${[...head, "", ...told, ...foot].join("\n")}\n`;
}

function participantLine(stay: Stay, nameOf: NameOf): string {
  return `${nameOf(stay, true)}${stay.from ? ` from ${shown(stay.from)}` : ""}${stay.until ? ` until ${shown(stay.until)}` : ""}`;
}

/** Only what somebody wrote comes after a colon: no text can look like a note that there is none. */
function messageLines(message: MessageItem & { cut?: true }, nameOf: NameOf): string[] {
  const { at, sender, versions, deleted, deletedAt, cut } = message;
  const name = nameOf(sender);
  const [first, ...edits] = versions ?? [message as Version];
  const original = versions === undefined || first?.original;
  const lines = [`${shown(at)}  ${name}${original ? said(first?.text) : " [the original is not here]"}`];
  for (const edit of original || !first ? edits : [first, ...edits]) {
    lines.push(`${indent}  [edited ${shown(edit.at)}]${said(edit.text)}`);
  }
  if (deleted) lines.push(`${indent}  [deleted${deletedAt ? ` ${shown(deletedAt)}` : ""}]`);
  if (cut) lines.push(`${indent}  [there is more of this message]`);
  return lines;
}

function changeLine(change: ChangeItem, nameOf: NameOf): string {
  return `${shown(change.at)}  * ${whatHappened(change, nameOf)}`;
}

function whatHappened(change: ChangeItem, nameOf: NameOf): string {
  const { kind, topic, reason, participant = {}, participants = [] } = change;
  const by = nameOf(defined({ id: change.by }));
  const about = topic === undefined ? "" : ` ${quoted(topic)}`;
  switch (kind) {
    case "threadCreated":
      return `${by} began the thread${about}${participants.length > 0 ? ` with ${participants.map((one) => nameOf(one)).join(", ")}` : ""}`;
    case "threadDeleted":
      return `${by} deleted the thread${reason === undefined ? "" : ` (${line(reason)})`}`;
    case "propertiesUpdated":
      return topic === undefined ? `${by} changed the thread's properties` : `${by} changed the topic to${about}`;
    case "participantAdded":
      return `${nameOf(participant)} joined, added by ${by}`;
    case "participantRemoved":
      return participant.id !== undefined && participant.id === change.by
        ? `${nameOf(participant)} left`
        : `${nameOf(participant)} was removed by ${by}`;
  }
}

/** `2026-11-20 09:30:00Z` */
function shown(at: string | undefined): string {
  return at === undefined ? "(no time)".padEnd(indent.length) : `${at.slice(0, 19).replace("T", " ")}Z`;
}

function said(text: string | undefined): string {
  if (text === undefined) return " [the text is not here]";
  const lines = text.split(/\r\n?|\n/).map(line);
  return `: ${lines.join(`\n${indent}  | `)}`;
}
