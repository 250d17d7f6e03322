import { beforeEach, describe, expect, it } from "vitest";
import type { Expected } from "../../scripts/doctor/subscriptions/expected.ts";
import { judgeSubscriptions } from "../../scripts/doctor/subscriptions/judgeSubscriptions.ts";
import { type Family, families } from "../../src/events/families.ts";
import { type AzSubscription, azIds, azSubscriptions, expectedSubscriptions } from "../support/azSubscriptions.ts";

let expected: Expected;
let list: AzSubscription[];
beforeEach(async () => {
  list = await azSubscriptions();
  expected = await expectedSubscriptions();
});

/** The subscription of a family, to be changed. */
function of(family: Family): AzSubscription {
  const found = list.find(({ name }) => name === `${family}Events`);
  if (!found) throw new Error(`no ${family}Events`);
  return found;
}
const judge = () => judgeSubscriptions(list, expected);
const says = () => judge().map((one) => one.says);
/** A second subscription of a family under another name. */
const second = (family: Family): AzSubscription => ({ ...structuredClone(of(family)), name: `${family}Again` });

it("finds nothing in what infra/subscriptions.bicep makes, whether az lifts properties or not", () => {
  const well = [{ state: "ok", says: "each event type reaches exactly one function, by 9" }];
  expect(judge()).toEqual(well);
  const asResource = list.map(({ name, destination, ...properties }) => {
    const { endpointType, ...rest } = destination;
    return { name, properties: { ...properties, destination: { endpointType, properties: rest } } };
  });
  expect(judgeSubscriptions(asResource, expected)).toEqual(well);
});

it("reads ids in any letter case", () => {
  for (const one of list) one.destination.resourceId = String(one.destination.resourceId).toUpperCase();
  expect(judge().map(({ state }) => state)).toEqual(["ok"]);
});

it("leaves what goes elsewhere to its owner", () => {
  list.push({
    ...second("sms"),
    destination: { endpointType: "WebHook", endpointBaseUrl: "https://fabrikam.example/x" },
  });
  expect(says()).toEqual([
    "each event type reaches exactly one function, by 9; 1 more of evgt-contoso go elsewhere and are not this app's",
  ]);
});

describe("an event type", () => {
  it("that reaches no function is missed, by its name or with its whole family", () => {
    of("call").filter.includedEventTypes = ["Microsoft.Communication.CallStarted"];
    list = list.filter(({ name }) => name !== "presenceEvents");
    expect(judge()).toEqual([
      {
        state: "problem",
        says: "callEvents gets not CallEnded, CallParticipantAdded, CallParticipantRemoved: nobody who is not subscribed gets them later",
        mend: "azd hooks run postdeploy",
      },
      expect.objectContaining({ says: expect.stringContaining("presenceEvents gets none of its event types") }),
    ]);
  });

  it("that is left out on purpose is not missed", () => {
    list = list.filter(({ name }) => name !== "presenceEvents");
    of("call").filter.includedEventTypes?.pop();
    expected = {
      ...expected,
      families: families.filter((family) => family !== "presence"),
      excludedTypes: new Set(["callparticipantremoved"]),
    };
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
  });

  it("that comes twice is told once, with the subscription that can go", () => {
    list.unshift(second("sms"));
    expect(judge()).toEqual([
      {
        state: "problem",
        says: "SMSReceived, SMSDeliveryReportReceived: come twice, by smsAgain and smsEvents",
        mend: "az eventgrid system-topic event-subscription delete --name smsAgain --system-topic-name evgt-contoso --resource-group rg-acs",
      },
    ]);
  });

  it("does not come twice by filters that have nothing in common", () => {
    list.push(second("sms"));
    of("sms").filter.subjectBeginsWith = "/phonenumber/1833";
    const other = list.at(-1);
    if (other) other.filter.subjectBeginsWith = "/PhoneNumber/1844";
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
    if (other) other.filter.subjectBeginsWith = "/phonenumber/18335";
    expect(says()).toEqual([expect.stringContaining("come twice")]);
  });

  it("that goes to another family's function is told, and missed where it belongs", () => {
    const moved = of("call").filter.includedEventTypes?.shift() ?? "";
    of("chat").filter.includedEventTypes?.push(moved);
    expect(says()).toEqual([
      "Microsoft.Communication.CallStarted goes to chatEvents by chatEvents, and belongs to callEvents",
    ]);
  });

  it("that nobody knows is told", () => {
    of("sms").filter.includedEventTypes?.push("Microsoft.Communication.SMSInvented");
    expect(says()).toEqual([expect.stringContaining("smsEvents names Microsoft.Communication.SMSInvented")]);
  });

  it("is to be named: a subscription without names gets all", () => {
    of("sms").filter.includedEventTypes = null;
    expect(says()).toContain("smsEvents names no event types, so all of them come to smsEvents");
  });
});

describe("a destination", () => {
  it("that the app does not have is told", () => {
    expected = { ...expected, functions: expected.functions.filter((name) => name !== "smsEvents") };
    expect(says()).toEqual(["smsEvents goes to smsEvents, a function that the app does not have: its events are lost"]);
  });

  it("that takes no events is told, and its events are missed", () => {
    of("sms").destination.resourceId = `${azIds.app}/functions/sendSms`;
    expected = { ...expected, functions: [...expected.functions, "sendSms"] };
    expect(says()).toEqual([
      "smsEvents goes to sendSms, which takes no events",
      expect.stringContaining("smsEvents gets none of its event types"),
    ]);
  });

  it("that is the app's address is told: its key may change", () => {
    of("sms").destination = {
      endpointType: "WebHook",
      endpointBaseUrl: "https://func-contoso.azurewebsites.net/runtime/webhooks/EventGrid",
    };
    expect(says()[0]).toContain("smsEvents goes to the app as a webhook");
  });
});

describe("a filter by subject", () => {
  it.each<[Family, string, string]>([
    ["sms", "phonenumber/1555", "/phonenumber/1555"],
    ["chat", "/thread/19:", "thread/19:"],
    ["call", "/call/aHR0", "call/aHR0"],
    ["incomingCall", "caller/4:", "/caller/4:"],
    ["presence", "/user/8:acs:", "user/8:acs:"],
    ["recording", "recording/call/", "/recording/call/"],
  ])("of %s that begins %s lets nothing through", (family, given, right) => {
    of(family).filter.subjectBeginsWith = given;
    expect(judge()).toEqual([
      expect.objectContaining({
        says: expect.stringContaining(`${family}Events lets nothing through`),
        mend: expect.stringContaining(`--subject-begins-with "${right}"`),
      }),
    ]);
    of(family).filter.subjectBeginsWith = right;
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
  });

  it("has digits only where numbers are meant; the number is not told", () => {
    of("sms").filter.subjectBeginsWith = "/phonenumber/+18335550100";
    expect(judge()).toEqual([expect.objectContaining({ state: "problem" })]);
    expect(JSON.stringify(judge())).not.toContain("8335550100");
  });

  it("that nobody can judge is said to be so", () => {
    of("email").filter.advancedFilters = [{ key: "data.status", operatorType: "StringIn", values: ["Failed"] }];
    of("sms").filter.subjectEndsWith = "00";
    expect(judge().map(({ state }) => state)).toEqual(["notChecked", "notChecked"]);
  });
});

describe("a delivery", () => {
  it.each<[string, (one: AzSubscription) => void, string]>([
    [
      "state",
      (one) => Object.assign(one, { provisioningState: "AwaitingManualAction" }),
      "is in state AwaitingManualAction",
    ],
    ["end", (one) => Object.assign(one, { expirationTimeUtc: "2026-12-01T00:00:00Z" }), "ends on 2026-12-01"],
    [
      "schema",
      (one) => Object.assign(one, { eventDeliverySchema: "CustomInputSchema" }),
      "delivers in CustomInputSchema",
    ],
    [
      "few attempts",
      (one) => Object.assign(one.retryPolicy ?? {}, { maxDeliveryAttempts: 3 }),
      "has 3 attempts within 1440 minutes",
    ],
    [
      "short time",
      (one) => Object.assign(one.retryPolicy ?? {}, { eventTimeToLiveInMinutes: 10 }),
      "has 30 attempts within 10 minutes",
    ],
    ["batch", (one) => Object.assign(one.destination, { maxEventsPerBatch: 5000 }), "delivers 5000 events at once"],
    [
      "no dead letters",
      (one) => Object.assign(one, { deadLetterWithResourceIdentity: null }),
      "has no dead-letter destination",
    ],
  ])("with a wrong %s is told", (_, change, what) => {
    change(of("sms"));
    expect(judge()).toEqual([expect.objectContaining({ state: "problem", says: expect.stringContaining(what) })]);
  });

  it("may be in CloudEvents, one at a time, and as Event Grid has it by default", () => {
    Object.assign(of("sms"), { eventDeliverySchema: "CloudEventSchemaV1_0", retryPolicy: null });
    of("sms").destination.maxEventsPerBatch = 1;
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
  });

  it("of a call that rings is not tried for a day", () => {
    of("incomingCall").retryPolicy = null;
    expect(says()).toEqual([
      expect.stringContaining("incomingCallEvents has 30 attempts within 1440 minutes, 2 within 1"),
    ]);
  });

  it("keeps dead letters where the app reads them", () => {
    const deadLetterDestination = { endpointType: "StorageBlob", blobContainerName: "lost", resourceId: azIds.storage };
    Object.assign(of("sms"), {
      deadLetterWithResourceIdentity: { deadLetterDestination, identity: { type: "SystemAssigned" } },
    });
    expect(says()).toEqual([expect.stringContaining("writes dead letters to container lost")]);
  });

  it("needs the topic's own identity for them where storage takes no keys or is closed", () => {
    const { storage } = expected;
    const [blobContainerName, resourceId] = ["dead-letters", azIds.storage];
    const deadLetterDestination = { endpointType: "StorageBlob", blobContainerName, resourceId };
    Object.assign(of("sms"), { deadLetterWithResourceIdentity: null, deadLetterDestination });
    expect(says()).toEqual([
      expect.stringContaining("without the topic's identity, and the storage account takes no keys"),
    ]);
    expected = { ...expected, storage: { ...storage, keyless: false } };
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
    const identity = { type: "UserAssigned" };
    Object.assign(of("sms"), { deadLetterWithResourceIdentity: { deadLetterDestination, identity } });
    expect(judge().map(({ state }) => state)).toEqual(["ok"]);
    expected = { ...expected, storage: { ...storage, closed: true } };
    expect(says()).toEqual([expect.stringContaining("with a UserAssigned identity")]);
  });
});
