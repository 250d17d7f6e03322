import type { InvocationContext } from "@azure/functions";
import type { WatchJob } from "../intake/jobs.ts";
import { tell } from "../telemetry/tell.ts";
import { watchPlaced } from "./outbox/watchPlaced.ts";

/** Handles a job of queue `sms-watches`. Throws when a retry may help. */
export async function watchOutbox(job: WatchJob, context: InvocationContext): Promise<void> {
  tell(context, await watchPlaced(job));
}
