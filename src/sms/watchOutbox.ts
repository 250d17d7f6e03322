import type { InvocationContext } from "@azure/functions";
import type { WatchJob } from "../intake/jobs.ts";
import { tell } from "../telemetry/tell.ts";
import { turnOf } from "./outbox/textTurn.ts";
import { watchPlaced } from "./outbox/watchPlaced.ts";

/** Handles a job of queue `sms-watches`. Throws when a retry may help. */
export async function watchOutbox(job: WatchJob, context: InvocationContext): Promise<void> {
  const text = await turnOf(job);
  tell(context, text ? await watchPlaced(text) : "no such text");
}
