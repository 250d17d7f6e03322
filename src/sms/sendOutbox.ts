import type { InvocationContext } from "@azure/functions";
import type { SendJob } from "../intake/jobs.ts";
import { tell } from "../telemetry/tell.ts";
import { sendPlaced } from "./outbox/sendPlaced.ts";
import { workingMessage } from "./workingMessage.ts";

/** Handles a job of queue `sms-sends`. Throws when a retry may help: storage down, a setting invalid. */
export async function sendOutbox(job: SendJob, context: InvocationContext): Promise<void> {
  tell(context, await sendPlaced(job, workingMessage(context)));
}
