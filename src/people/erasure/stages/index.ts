import type { Stage } from "../work.ts";
import { eventsAround } from "./eventsAround.ts";
import { gather } from "./gather.ts";
import { judgeContexts } from "./judgeContexts.ts";
import { ownEvents } from "./ownEvents.ts";
import { recordingsNaming, recordingsOfCalls } from "./recordingsOf.ts";
import { lookIntoConfig, sweepDeadLetters, sweepExports, sweepQuarantine } from "./sweepBlobs.ts";
import { sweepLedger } from "./sweepLedger.ts";
import { sweepProblems } from "./sweepProblems.ts";
import { sweepQueues } from "./sweepQueues.ts";
import { sweepTimeline } from "./sweepTimeline.ts";

/** The stages of an erasure, in their order: jobs go first, so that none writes what was just erased. */
export const stages: readonly (readonly [name: string, run: Stage])[] = [
  ["gather", gather],
  ["judgeContexts", judgeContexts],
  ["queues", sweepQueues],
  ["exports", sweepExports],
  ["ownEvents", ownEvents],
  ["eventsAround", eventsAround],
  ["recordingsOfCalls", recordingsOfCalls],
  ["recordingsNaming", recordingsNaming],
  ["timeline", sweepTimeline],
  ["ledger", sweepLedger],
  ["problems", sweepProblems],
  ["quarantine", sweepQuarantine],
  ["deadLetters", sweepDeadLetters],
  ["config", lookIntoConfig],
];
