import { setTimeout as delay } from "node:timers/promises";
import type { Background } from "./background.ts";
import type { SimulatedEvent } from "./context.ts";

export interface PublisherOptions {
  /** Read at each publish, because Event Grid may start later; without it events go nowhere. */
  eventGridUrl: () => string | undefined;
  topic: string;
  delayMs: number;
  clock: () => Date;
  background: Background;
  /** Ends the delays at shutdown. */
  signal: AbortSignal;
}

/** A function that publishes an event in the Event Grid schema, as ACS does. */
export function eventPublisher(options: PublisherOptions): (event: SimulatedEvent) => void {
  return ({ type, id, subject, data }) =>
    options.background.run(`Publishing ${type}`, async () => {
      await delay(options.delayMs, undefined, { signal: options.signal });
      const eventGridUrl = options.eventGridUrl();
      if (!eventGridUrl) {
        return;
      }
      const event = {
        id: id ?? crypto.randomUUID(),
        topic: options.topic,
        subject,
        data,
        eventType: `Microsoft.Communication.${type}`,
        dataVersion: "1.0",
        metadataVersion: "1",
        eventTime: options.clock().toISOString(),
      };
      const response = await fetch(new URL("/api/events", eventGridUrl), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([event]),
        signal: options.signal,
      });
      await response.arrayBuffer();
      if (!response.ok) {
        throw new Error(`Event Grid answered ${response.status}`);
      }
    });
}
