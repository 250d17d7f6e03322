import type { AcsEvent } from "../../events/acsEvent.ts";
import { putRows } from "../../storage/timeline.ts";
import { fragmentOf } from "./fragmentOf.ts";
import { rowsOf } from "./rows.ts";

/** Puts an archived chat event into its thread's transcript, and the thread into the list. Doing it again changes nothing. */
export async function announceChat(event: AcsEvent, blob: string, arrivedAt: Date): Promise<void> {
  const fragment = fragmentOf(event);
  const { threadId } = event.data;
  if (fragment && typeof threadId === "string") await putRows(rowsOf(threadId, fragment, blob, arrivedAt));
}
