/**
 * The messages that this host has taken from its queues and not finished: they run, or wait for their next try. Kept apart
 * from the listeners, because a restart of the app replaces those while a failed message still waits.
 */
export interface HeldMessages {
  received(messageId: string): void;
  /** Deleted, or moved to the poison queue. */
  done(messageId: string): void;
  /** Given back: anyone may receive it after this many milliseconds, and until then it is held here. */
  released(messageId: string, afterMs: number): void;
  count(): number;
  /** How many were ever received; idle() compares it. */
  total(): number;
  /** Forgets all, and stops waiting for what was given back. */
  clear(): void;
}

/** A timer may fire a little early; held a little longer, a message is never between "held" and "visible". */
const marginMs = 20;

export function createHeldMessages(): HeldMessages {
  const waiting = new Map<string, NodeJS.Timeout | undefined>();
  let total = 0;

  function forget(messageId: string): void {
    clearTimeout(waiting.get(messageId));
    waiting.delete(messageId);
  }

  return {
    received(messageId) {
      forget(messageId);
      waiting.set(messageId, undefined);
      total++;
    },
    done: forget,
    released(messageId, afterMs) {
      forget(messageId);
      if (afterMs > 0)
        waiting.set(
          messageId,
          setTimeout(() => waiting.delete(messageId), afterMs + marginMs),
        );
    },
    count: () => waiting.size,
    total: () => total,
    clear() {
      for (const messageId of waiting.keys()) forget(messageId);
    },
  };
}
