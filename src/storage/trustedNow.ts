import { setting } from "../config.ts";
import { container } from "./blobs.ts";
import { inTime, onDemand } from "./onDemand.ts";

/**
 * The time by storage's clock, which wrote the times that it is compared with: a wrong clock of this machine must close no hour too soon,
 * and end nothing. On the local stack, whose clock can be moved, it is the app's own.
 */
export async function trustedNow(): Promise<Date> {
  if (setting("ACS_SIMULATOR")) return new Date();
  const events = await container("events");
  const { date } = await onDemand(
    () => events.createIfNotExists(),
    () => events.getProperties({ abortSignal: inTime() }),
  );
  if (!date) throw new Error("Storage did not say what time it is.");
  return date;
}
