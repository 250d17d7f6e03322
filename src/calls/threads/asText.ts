// A transcript for reading. Each line of a transcript begins with a time, and no line of a message does: further lines of it are indented.
import type { ChangeItem } from "./foldChange.ts";
import type { Item } from "./foldItem.ts";
import type { MessageItem, Version } from "./foldMessage.ts";
import type { Stay } from "./foldStays.ts";
import type { Thread } from "./foldThread.ts";
import type { Participant } from "./fragment.ts";

const indent = " ".repeat("2026-11-20 09:30:00Z".length);

/** What could make a text look like another: control characters and line ends, and what turns the direction of writing. */
const misleading = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A page of a transcript as plain text. @param more the path of the next page, if there is one */
export function asText(threadId: string, thread: Thread, items: readonly Item[], more?: string): string {
  const nameOf = names(thread, items);
  const head = [`Thread ${line(threadId)}`];
  if (thread.topic !== undefined) head.push(`Topic: ${line(thread.topic)}`);
  for (const stay of thread.participants) head.push(`Participant: ${participantLine(stay, nameOf)}`);
  for (const why of thread.partial ?? []) head.push(`Not all: ${why}`);
  const told = items.flatMap((item) => (item.kind === "message" ? messageLines(item) : [changeLine(item, nameOf)]));
  const foot = more === undefined ? [] : ["", `There is more: ${more}`];
  return `${[...head, "", ...told, ...foot].join("\n")}\n`;
}

type NameOf = (id: string | undefined) => string;

/** Names by raw id: as participants have them, else as they wrote under them. */
function names(thread: Thread, items: readonly Item[]): NameOf {
  const senders = items.flatMap((item) => (item.kind === "message" ? [item.sender] : []));
  const known = new Map<string, string>();
  for (const { id, displayName } of [...thread.participants, ...senders]) {
    if (id !== undefined && displayName !== undefined && !known.has(id)) known.set(id, displayName);
  }
  return (id) => (id === undefined ? "somebody" : line(known.get(id) ?? id));
}

function participantLine({ id, displayName, from, until }: Stay, nameOf: NameOf): string {
  const name = displayName === undefined ? nameOf(id) : line(displayName);
  const who = id === undefined || name === id ? name : `${name} (${line(id)})`;
  return `${who}${from ? ` from ${shown(from)}` : ""}${until ? ` until ${shown(until)}` : ""}`;
}

function messageLines(message: MessageItem & { cut?: true }): string[] {
  const { at, sender, versions, deleted, deletedAt, cut } = message;
  const name = line(sender.displayName ?? sender.id ?? "somebody");
  const [first, ...edits] = versions ?? [message as Version];
  const original = versions === undefined || first?.original;
  const lines = [`${shown(at)}  ${name}: ${original ? said(first?.text) : "[the original is not here]"}`];
  for (const edit of original || !first ? edits : [first, ...edits]) {
    lines.push(`${indent}  [edited ${shown(edit.at)}] ${said(edit.text)}`);
  }
  if (deleted) lines.push(`${indent}  [deleted${deletedAt ? ` ${shown(deletedAt)}` : ""}]`);
  if (cut) lines.push(`${indent}  [there is more of this message]`);
  return lines;
}

function changeLine(change: ChangeItem, nameOf: NameOf): string {
  const by = nameOf(change.by);
  return `${shown(change.at)}  * ${whatHappened(change, by, nameOf)}`;
}

function whatHappened(change: ChangeItem, by: string, nameOf: NameOf): string {
  const { kind, topic, reason, participant = {}, participants = [] } = change;
  const nameIn = (one: Participant) => (one.displayName === undefined ? nameOf(one.id) : line(one.displayName));
  const about = topic === undefined ? "" : ` "${line(topic)}"`;
  switch (kind) {
    case "threadCreated":
      return `${by} began the thread${about}${participants.length > 0 ? ` with ${participants.map(nameIn).join(", ")}` : ""}`;
    case "threadDeleted":
      return `${by} deleted the thread${reason === undefined ? "" : ` (${line(reason)})`}`;
    case "propertiesUpdated":
      return topic === undefined ? `${by} changed the thread's properties` : `${by} changed the topic to${about}`;
    case "participantAdded":
      return `${nameIn(participant)} joined, added by ${by}`;
    case "participantRemoved":
      return participant.id !== undefined && participant.id === change.by
        ? `${nameIn(participant)} left`
        : `${nameIn(participant)} was removed by ${by}`;
  }
}

/** `2026-11-20 09:30:00Z` */
function shown(at: string | undefined): string {
  return at === undefined ? "(no time)".padEnd(indent.length) : `${at.slice(0, 19).replace("T", " ")}Z`;
}

function said(text: string | undefined): string {
  if (text === undefined) return "[the text is not here]";
  return text
    .split(/\r\n?|\n/)
    .map(line)
    .join(`\n${indent}  | `);
}

function line(text: string): string {
  return text.replace(misleading, "\ufffd");
}
