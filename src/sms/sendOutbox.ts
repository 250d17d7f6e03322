import type { InvocationContext } from "@azure/functions";
import type { SendJob } from "../intake/jobs.ts";
import { sendPlaced } from "./outbox/sendPlaced.ts";
import { workingMessage } from "./workingMessage.ts";

/** Handles a job of queue `sms-sends`. Throws when a retry may help: storage down, a setting invalid. */
export async function sendOutbox(job: SendJob, context: InvocationContext): Promise<void> {
  context.log(await sendPlaced(job, workingMessage(context)));
}
