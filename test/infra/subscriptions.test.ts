import { describe, expect, it } from "vitest";
import { matches } from "../../dev/eventGrid/matches.ts";
import type { Subscription } from "../../dev/eventGrid/subscription.ts";
import { definitionOf, definitions } from "../../src/events/definitions.ts";
import { type Family, families } from "../../src/events/families.ts";
import { eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { readText, sourceFiles } from "../support/repository.ts";
import { members } from "./readBicep.ts";
import { template, variable } from "./templates.ts";

interface Plan {
  eventTypes: string[];
  /** The parameter that narrows the family's events by subject. */
  filter: string;
  /** What the subjects begin with that it narrows. */
  subject: string;
  maxDeliveryAttempts: number;
  eventTimeToLiveInMinutes: number;
  maxEventsPerBatch: number;
}

const plan: Record<Family, Plan> = JSON.parse(readText("infra/families.json"));
const included = families.flatMap((family) => plan[family].eventTypes);

/** What never comes from an ACS system topic, and is read all the same when somebody posts it. */
const notFromEventGrid = {
  "a callback of Call Automation": ["src/events/call/callAutomation.ts"],
  "a callback of the previews of 2021": ["src/events/call/callLegStateChanged.ts"],
  "the state of a recording": ["src/events/recording/recordingStateChanged.ts"],
  "an event of the router's preview of 2021": [
    "src/events/router/routerJobLabelsUpdated.ts",
    "src/events/router/routerJobExceptionCleared.ts",
  ],
};

const properties = members(
  members(template("subscriptions.bicep").resources.find(({ name }) => name === "eventSubscription")?.value ?? "")
    .properties ?? "",
);

describe("infra/families.json", () => {
  it("has each family once, under the name of its function", () => {
    expect(Object.keys(plan)).toEqual([...families]);
    const functions = sourceFiles("src/functions");
    for (const family of families) expect(functions).toContain(`src/functions/${family}Events.ts`);
  });

  it("has each event type once, in the family of its definition, under its present name", () => {
    expect(new Set(included).size).toBe(included.length);
    for (const family of families) {
      for (const type of plan[family].eventTypes) {
        const definition = definitionOf(`Microsoft.Communication.${type}`);
        expect([definition?.family, definition?.type], type).toEqual([family, `Microsoft.Communication.${type}`]);
      }
    }
  });

  it("leaves out only what no system topic sends", () => {
    const left = definitions.map(({ type }) => type.replace("Microsoft.Communication.", ""));
    const sources = Object.values(notFromEventGrid).flat().map(readText).join();
    const unexplained = left.filter((type) => !included.includes(type) && !sources.includes(type));
    expect(unexplained).toEqual([]);
    expect(included).toHaveLength(54);
  });

  it("has the types of the README's table", () => {
    for (const family of families) {
      expect(readText("README.md")).toContain(`| \`${family}Events\` | ${plan[family].eventTypes.join(" ")} |`);
    }
  });

  it("sends each event to one function, as the Event Grid simulator filters", () => {
    const subscriptions = families.map((family) => subscriptionOf(family, ""));
    for (const { name, family } of fixtures.filter((one) => included.includes(one.name))) {
      const to = subscriptions.filter((one) => matches(one, eventGridEvent(name))).map((one) => one.name);
      expect(to, name).toEqual([`${family}Events`]);
    }
  });

  it("begins each filter as the subjects do that it is for, with or without a slash", () => {
    for (const family of families.filter((one) => plan[one].filter !== "none")) {
      const { subject, eventTypes } = plan[family];
      for (const { name } of fixtures.filter((one) => eventTypes.includes(one.name))) {
        const event = eventGridEvent(name);
        const own = String(event.subject).slice(subject.length, subject.length + 3);
        expect(matches(subscriptionOf(family, own), event), `${name}: ${event.subject}`).toBe(true);
        expect(matches(subscriptionOf(family, `${own}other`), event), name).toBe(false);
      }
    }
  });

  it("lets a call that rings come twice within a minute, by itself, and all else as long as Event Grid can", () => {
    expect(plan.incomingCall).toMatchObject({
      maxDeliveryAttempts: 2,
      eventTimeToLiveInMinutes: 1,
      maxEventsPerBatch: 1,
    });
    const others = families.filter((family) => family !== "incomingCall").map((family) => plan[family]);
    for (const one of others) {
      expect(one).toMatchObject({ maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440, maxEventsPerBatch: 100 });
    }
  });
});

describe("infra/subscriptions.bicep", () => {
  it("has a parameter and a value for each filter of infra/families.json", () => {
    const filters = Object.keys(members(variable("subscriptions.bicep", "filters")));
    const params = template("subscriptions.bicep").params.map(({ name }) => name);
    for (const { filter } of Object.values(plan)) expect(filters).toContain(filter);
    expect(filters.filter((filter) => filter !== "none" && !params.includes(filter))).toEqual([]);
  });

  it("sends to the function of the family, in batches that the app answers in time", () => {
    const destination = members(properties.destination ?? "");
    expect(destination.endpointType).toBe("'AzureFunction'");
    expect(members(destination.properties ?? "")).toEqual({
      resourceId: `'\${functionAppId}/functions/\${family.key}Events'`,
      maxEventsPerBatch: "family.value.maxEventsPerBatch",
      preferredBatchSizeInKilobytes: "64",
    });
  });

  it("tries as often and as long as the family says", () => {
    expect(members(properties.retryPolicy ?? "")).toEqual({
      maxDeliveryAttempts: "family.value.maxDeliveryAttempts",
      eventTimeToLiveInMinutes: "family.value.eventTimeToLiveInMinutes",
    });
  });

  it("writes what it gives up to dead-letters, with the topic's own identity", () => {
    const deadLetter = members(properties.deadLetterWithResourceIdentity ?? "");
    expect(members(deadLetter.identity ?? "")).toEqual({ type: "'SystemAssigned'" });
    expect(deadLetter.deadLetterDestination).toContain("blobContainerName: 'dead-letters'");
    expect(members(members(template("topic.bicep").modules[0]?.value ?? "").params ?? "").managedIdentities).toContain(
      "systemAssigned: true",
    );
  });
});

/** A family's subscription as the simulator knows it. */
function subscriptionOf(family: Family, filter: string): Subscription {
  const { eventTypes, subject } = plan[family];
  return {
    name: `${family}Events`,
    endpoint: "",
    schema: "eventGrid",
    includedEventTypes: eventTypes.map((type) => `Microsoft.Communication.${type}`),
    subjectBeginsWith: filter && subject + filter,
  };
}
