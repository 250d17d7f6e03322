import type { Story, Trouble } from "./story.ts";

/** A story in words, a line for each step. */
export function tellStory({ seed, recordingId, chunks, events, deliveries, faults, troubles }: Story): string[] {
  return [
    `seed ${seed}, recording ${recordingId}`,
    ...chunks.map(({ index, bytes, kind }) => `chunk ${index}: ${bytes} bytes, ${places[kind]}`),
    ...events.map((indexes, event) => `event ${event} announces ${indexes.join(", ")}`),
    ...deliveries.map(
      ({ together, rest }) =>
        `deliver at once: ${together.map(({ event, instance }) => `event ${event} to instance ${instance}`).join(", ")}${
          rest ? "; wait until all rests" : ""
        }`,
    ),
    ...faults.map(({ documentId, kind, fault, times = 1, afterBytes, bytesPerSecond }) => {
      const how = afterBytes ?? bytesPerSecond;
      return `ACS: ${kind} of ${documentId} meets ${fault}${how === undefined ? "" : ` (${how})`}, ${times} times`;
    }),
    ...troubles.map((trouble) => `request ${trouble.at} to storage: ${tellTrouble(trouble)}`),
  ];
}

const places = { acs: "at ACS", own: "in the owner's storage", gone: "gone at ACS" };

function tellTrouble(trouble: Trouble): string {
  switch (trouble.what) {
    case "kill":
      return `instance ${trouble.instance} is killed when it is ${trouble.when}`;
    case "storage":
      return `the next ${trouble.requests} to ${trouble.service} storage: ${trouble.fault}`;
    case "purge":
      return "the download queue is emptied";
    case "sweep":
      return "the sweep runs";
  }
}
