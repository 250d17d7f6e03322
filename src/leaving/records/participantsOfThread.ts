import type { Thread } from "../../calls/threads/foldThread.ts";
import { defined } from "../../events/defined.ts";
import type { Participants } from "../schemas/participants.ts";

/** Who was in a chat thread, and what the thread is. */
export function participantsOfThread(threadId: string, thread: Thread): Participants {
  return {
    id: `thread:${threadId}`,
    of: "thread",
    ...defined({
      topic: thread.topic,
      createdAt: thread.createdAt,
      createdBy: thread.createdBy,
      deletedAt: thread.deletedAt,
      deletedBy: thread.deletedBy,
      partial: thread.partial,
    }),
    participants: thread.participants.map(({ id, displayName, from, until, addedBy, removedBy }) =>
      defined({ id, name: displayName, joinedAt: from, leftAt: until, addedBy, removedBy }),
    ),
  };
}
