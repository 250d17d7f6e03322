import type { Replayed } from "./replayEvent.ts";

/** Events that an answer shows; the others are counted. */
const maxShown = 100;

/** What became of the events of a replay, in memory that does not grow with them. */
export interface Tally {
  counts: Partial<Record<Replayed["outcome"], number>>;
  shown: Replayed[];
  add(events: readonly Replayed[]): void;
  /** As `2 accepted, 1 refused`. */
  text(): string;
}

export function beginTally(): Tally {
  return {
    counts: {},
    shown: [],
    add(events) {
      for (const event of events) {
        this.counts[event.outcome] = (this.counts[event.outcome] ?? 0) + 1;
        if (this.shown.length < maxShown) this.shown.push(event);
      }
    },
    text() {
      const parts = Object.entries(this.counts).map(([outcome, count]) => `${count} ${outcome}`);
      return parts.join(", ") || "no events";
    },
  };
}
