import { setTimeout as wait } from "node:timers/promises";
import type { QueueClient } from "@azure/storage-queue";
import { queueService } from "../../src/storage/enqueue.ts";
import { httpStatus, inTime } from "../../src/storage/onDemand.ts";
import { type Check, ok, problem, type Said } from "./finding.ts";
import { storageFailure } from "./storageFailure.ts";
import { namesOfParts } from "./storageParts.ts";

interface Times {
  /** Milliseconds after which a message that can be received should have been: the host looks every two seconds when it runs. */
  patience: number;
  /** Between two looks at the same message, in milliseconds: one that was put off for hours may have come due this moment. */
  betweenLooks: number;
}

/** Nothing may lie on a poison queue, and nothing may wait on a queue that nobody takes it off. Messages are peeked at, never received. */
export function queues(times: Times = { patience: 3_600_000, betweenLooks: 5_000 }): Check {
  return {
    name: "queue",
    look: async () => {
      try {
        const service = await queueService();
        const names = (await namesOfParts()).queue;
        const said = await Promise.all(names.map((name) => lookAt(name, service.getQueueClient(name), times)));
        const found = said.filter((one) => one !== undefined);
        return found.length > 0 ? found : [ok("nothing lies on a poison queue, and nothing waits that nobody takes")];
      } catch (error) {
        return [storageFailure(error, "queue", "look at queues")];
      }
    },
  };
}

async function lookAt(name: string, queue: QueueClient, { patience, betweenLooks }: Times): Promise<Said | undefined> {
  const first = await peek(queue);
  if (!first) return undefined;
  if (name.endsWith("-poison")) {
    return problem(
      `${name} has ${await countOf(queue)}: jobs that failed five times, and that the app has not taken onto its list of problems`,
      'Start the app; then curl "$APP/api/problems?kind=poisonedJob" says why, and POST …/replay does them again (docs/replay.md)',
    );
  }
  if (Date.now() - first.insertedOn.getTime() < patience) return undefined;
  await wait(betweenLooks);
  if ((await peek(queue))?.messageId !== first.messageId) return undefined;
  const advice = "Does the app run, and does its log name a function that fails? az functionapp restart, or npm start";
  return problem(`${name} has ${await countOf(queue)}, which nobody takes off`, advice);
}

async function peek(queue: QueueClient) {
  try {
    return (await queue.peekMessages({ numberOfMessages: 1, abortSignal: inTime() })).peekedMessageItems[0];
  } catch (error) {
    // Not there yet: another check says so.
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}

async function countOf(queue: QueueClient): Promise<string> {
  const { approximateMessagesCount: count = 1 } = await queue.getProperties({ abortSignal: inTime() });
  return count === 1 ? "a message" : `${count} messages`;
}
