// What was asked of a recording here, as rows of its timeline.
import { createHash } from "node:crypto";
import { tableKey } from "../../storage/keys.ts";
import { readTimeline } from "../../storage/readTimeline.ts";
import { putRows } from "../../storage/timeline.ts";

export interface Operation {
  /** startedAgain: a start was asked for while it ran. */
  operation: "started" | "startedAgain" | "paused" | "resumed" | "stopped";
  /** ISO 8601, UTC. */
  time: string;
  operationContext?: string;
  /** Of a start: who asserted the participants' consent. */
  consent?: string;
}

const prefix = "RecordingControl.";

/** Keeps an operation; the same one again is the same row. */
export async function noteOperation(recordingId: string, { operation, time, ...told }: Operation): Promise<void> {
  const sevenDigits = time.replace("Z", "0000Z");
  const summary = JSON.stringify(told);
  const hash = createHash("sha256").update(`${recordingId}\n${operation}\n${summary}`).digest("hex");
  await putRows([
    {
      partitionKey: tableKey(`recording:${recordingId}`),
      rowKey: `${sevenDigits}_${hash}`,
      type: prefix + operation,
      family: "recording",
      time: sevenDigits,
      summary,
    },
  ]);
}

/**
 * What was asked of a recording through this app, in order of time.
 * @param recordingId the id under which its rows are (resolveRecording)
 */
export async function operationsOf(recordingId: string): Promise<Operation[]> {
  const found: Operation[] = [];
  for await (const { type, time = "", summary = "{}" } of readTimeline(`recording:${recordingId}`)) {
    const operation = type.startsWith(prefix) ? operationNamed(type.slice(prefix.length)) : undefined;
    if (operation) found.push({ operation, time: new Date(time).toISOString(), ...(JSON.parse(summary) as object) });
  }
  return found;
}

function operationNamed(name: string): Operation["operation"] | undefined {
  return (["started", "startedAgain", "paused", "resumed", "stopped"] as const).find((known) => known === name);
}
