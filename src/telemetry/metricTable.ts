// Every metric of the app; docs/observability.md says the same, and alerts go by these names.
interface Metric {
  kind: "counter" | "histogram" | "gauge";
  unit: string;
  description: string;
  /** Each with the values that it may have; none: any. */
  attributes: Record<string, readonly string[]>;
}

const any = [] as const;

export const metrics = {
  "acs_events.events": {
    kind: "counter",
    unit: "{event}",
    description: "Events that came in, by family and outcome.",
    attributes: { family: any, outcome: ["archived", "duplicate", "quarantined", "erased"] },
  },
  "acs_events.event_delay": {
    kind: "histogram",
    unit: "ms",
    description: "Time from an event to its first arrival, by family.",
    attributes: { family: any },
  },
  "acs_events.problems": {
    kind: "counter",
    unit: "{problem}",
    description: "Problems that were raised, by kind.",
    attributes: { kind: any },
  },
  "acs_events.dead_letters": {
    kind: "counter",
    unit: "{blob}",
    description: "Blobs of dead letters that were found.",
    attributes: {},
  },
  "acs_events.poison": {
    kind: "counter",
    unit: "{job}",
    description: "Jobs that were given up, by queue.",
    attributes: { queue: any },
  },
  "acs_events.replies": {
    kind: "counter",
    unit: "{text}",
    description: "Texts that came to a state, by that state.",
    attributes: { outcome: ["silent", "placed", "sent", "unconfirmed", "failed", "delivered"] },
  },
  "acs_events.recordings": {
    kind: "counter",
    unit: "{chunk}",
    description: "Chunks of recordings that came to a state, by that state.",
    attributes: {
      state: [
        ...(["announced", "copying", "archived", "deleted", "failed", "expired"] as const),
        ...(["registered", "erased", "ended"] as const),
      ],
    },
  },
  "acs_events.recordings_at_risk": {
    kind: "gauge",
    unit: "{chunk}",
    description: "Chunks of recordings that are late, at each sweep.",
    attributes: {},
  },
} as const satisfies Record<string, Metric>;
