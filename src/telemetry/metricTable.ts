// Every metric of the app; docs/observability.md says the same, and alerts go by these names.
export const metrics = {
  "acs_events.events": { kind: "counter", unit: "{event}", description: "Events that came in, by family and outcome." },
  "acs_events.event_delay": {
    kind: "histogram",
    unit: "ms",
    description: "Time from an event to its first arrival, by family.",
  },
  "acs_events.problems": { kind: "counter", unit: "{problem}", description: "Problems that were raised, by kind." },
  "acs_events.dead_letters": { kind: "counter", unit: "{blob}", description: "Blobs of dead letters that were found." },
  "acs_events.poison": { kind: "counter", unit: "{job}", description: "Jobs that were given up, by queue." },
  "acs_events.replies": { kind: "counter", unit: "{text}", description: "Texts that came to a state, by that state." },
  "acs_events.recordings": {
    kind: "counter",
    unit: "{chunk}",
    description: "Chunks of recordings that came to a state, by that state.",
  },
  "acs_events.recordings_at_risk": {
    kind: "gauge",
    unit: "{chunk}",
    description: "Chunks of recordings that are late, at each sweep.",
  },
} as const satisfies Record<string, { kind: "counter" | "histogram" | "gauge"; unit: string; description: string }>;
