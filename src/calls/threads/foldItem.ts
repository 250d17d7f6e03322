import { type ChangeItem, foldChange } from "./foldChange.ts";
import { foldMessage, type MessageItem } from "./foldMessage.ts";
import type { ChangeFragment, Fragment, MessageFragment } from "./fragment.ts";

/** What a transcript is made of. `cut`: there is more of it than an answer holds. */
export type Item = (MessageItem | ChangeItem) & { cut?: true };

/** A message or a change of all that events said of it. @param found with one key (`keyOf`); not empty */
export function foldItem(found: readonly Fragment[]): Item {
  const messages = found.filter((fragment): fragment is MessageFragment => fragment.kind === "message");
  if (messages.length > 0) return foldMessage(messages);
  return foldChange(found.filter((fragment): fragment is ChangeFragment => fragment.kind !== "message"));
}
