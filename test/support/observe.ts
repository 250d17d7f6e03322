import { randomBytes, randomUUID } from "node:crypto";
import { eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { type Condition, conditions } from "./alertConditions.ts";
import type { AppMetric } from "./kql.ts";
import { addChunk, recordingEvent } from "./recordingEvent.ts";
import { type App, startApp } from "./startApp.ts";
import { type Insights, startInsights } from "./startInsights.ts";
import { type OtlpReceiver, startOtlpReceiver } from "./startOtlpReceiver.ts";
import { textEvent } from "./textEvent.ts";
import { eraseJane, playWholeStory, wordsOf } from "./wholeStory.ts";

export interface Observed {
  functions: string[];
  logged: string[];
  /** How many lines of the log there were after the story; and how many invocations. */
  linesOfStory: string[];
  startedInStory: number;
  /** What Application Insights was told by the end of the story, on a day on which nothing goes wrong. */
  calm: AppMetric[];
  /** What it was told by each condition of an alert. */
  told: Map<Condition, AppMetric[]>;
  poisoned: unknown[];
  /** What belongs to people, and must be nowhere in all this. */
  words: Set<string>;
  receiver: OtlpReceiver;
  insights: Insights;
}

/** The traces of a text and of a recording. */
export const [textTrace, recordingTrace] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];

/** Several things of everything happen to an app that tells both a collector and Application Insights. Then it ends. */
export async function observe(): Promise<Observed> {
  const [receiver, insights] = await Promise.all([startOtlpReceiver(), startInsights()]);
  const logged: string[] = [];
  const app = await startApp(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: "contoso-events",
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${randomUUID()};IngestionEndpoint=${insights.url}/`,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "ClientId=client-17;Authorization=AAD",
      IDENTITY_ENDPOINT: `${insights.url}/msi/token`,
      IDENTITY_HEADER: "secret",
      RECORDING_DELETE_AT_SOURCE: "true",
      NODE_EXTRA_CA_CERTS: insights.certificate,
      // The exporter's reports on itself, which would go to Microsoft.
      APPLICATION_INSIGHTS_NO_STATSBEAT: "true",
    },
    { log: (line) => logged.push(line) },
  );
  /** What Application Insights is told while something happens: when it ends, the app sends what it holds. */
  const toldBy = async (happen: () => Promise<void>) => {
    const before = insights.metrics().length;
    await happen();
    await app.idle();
    await app.host.restart();
    return insights.metrics().slice(before);
  };
  try {
    const functions = app.host.functions.map(({ name }) => name);
    let [linesOfStory, startedInStory]: [string[], number] = [[], 0];
    const calm = await toldBy(async () => {
      await tellStory(app);
      [linesOfStory, startedInStory] = [[...logged], app.host.started()];
    });
    const told: Observed["told"] = new Map();
    for (const condition of Object.values(conditions).flat())
      told.set(condition, await toldBy(() => condition.happen(app)));
    const poisoned = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "poisonedJob");
    await app.publish(fixtures.map(({ name, data }) => eventGridEvent(name, data, { id: `told-${name}` })));
    const words = await wordsOf(app);
    await eraseJane(app);
    return { functions, logged, linesOfStory, startedInStory, calm, told, poisoned, words, receiver, insights };
  } finally {
    await app.close();
    await Promise.all([receiver.close(), insights.close()]);
  }
}

async function tellStory(app: App): Promise<void> {
  const text = textEvent("traced", { from: "+14255550188", message: "Confidential words" });
  await postTraced(app, "smsEvents", textTrace, text);
  const { chunk } = await addChunk(app, 0, { documentId: "traced" });
  await postTraced(app, "recordingEvents", recordingTrace, recordingEvent("traced", [chunk]));
  await app.idle();
  await playWholeStory(app);
  for (const timer of ["collectDeadLetters", "reconcileRecordings", "checkProblems", "watchIncomingCalls"])
    await app.host.runTimer(timer);
}

async function postTraced(app: App, functionName: string, trace: string, event: object): Promise<void> {
  await fetch(app.host.webhookUrl(functionName), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "aeg-event-type": "Notification",
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify([event]),
  });
}
