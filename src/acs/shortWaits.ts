import type { PipelinePolicy } from "@azure/core-rest-pipeline";

/** Longer waits, in seconds, are for the ledger and the queues: the SDK's retry policy would spend a function's time on them. */
const longest = 5;

const headers: [name: string, perSecond: number][] = [
  ["retry-after", 1],
  ["retry-after-ms", 1000],
  ["x-ms-retry-after-ms", 1000],
];

/** Takes a long Retry-After out of an answer, so that it is tried again soon or not at all; to run at each try. */
export const shortWaits: PipelinePolicy = {
  name: "acsEventsShortWaits",
  async sendRequest(request, next) {
    const answer = await next(request);
    for (const [name, perSecond] of headers) {
      // A date is a number to nobody, and goes too.
      const wait = answer.headers.get(name);
      if (wait !== undefined && !(Number(wait) / perSecond <= longest)) answer.headers.delete(name);
    }
    return answer;
  },
};
