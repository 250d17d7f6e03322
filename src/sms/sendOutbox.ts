import type { InvocationContext } from "@azure/functions";
import type { SendJob } from "../intake/jobs.ts";
import { tell } from "../telemetry/tell.ts";
import { sendPlaced } from "./outbox/sendPlaced.ts";
import { turnOf } from "./outbox/textTurn.ts";
import { workingMessage } from "./workingMessage.ts";

/** Handles a job of queue `sms-sends`. Throws when a retry may help: storage down, a setting invalid. */
export async function sendOutbox(job: SendJob, context: InvocationContext): Promise<void> {
  const text = await turnOf(job);
  tell(context, text ? await sendPlaced(text, workingMessage(context)) : "no such text");
}
