import { CouldNotCheckError } from "../couldNotCheckError.ts";
import { type Check, notChecked, problem, type Said } from "../finding.ts";
import type { Options } from "../options.ts";
import type { StorageAccount } from "../subscriptions/expected.ts";
import { isOfTopic } from "../subscriptions/judgeDelivery.ts";
import { judgeSubscriptions } from "../subscriptions/judgeSubscriptions.ts";
import { readPlan } from "../subscriptions/plan.ts";
import { readSubscriptions } from "../subscriptions/subscription.ts";
import type { Az } from "./az.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asList, asObject, asText } from "./json.ts";
import { judgeDeadLetterRole } from "./roleChecks.ts";

interface Topic {
  name: string;
  group: string;
  subscription: string;
  principalId?: string;
}

/** The subscriptions of the ACS resource's system topic, and the role with which Event Grid writes dead letters. */
export function subscriptionChecks(
  az: Az,
  app: DeployedApp,
  acs: string,
  options: Options,
  account: () => Promise<StorageAccount>,
): Check[] {
  // Asked for once; each check meets its trouble.
  const found = readTopic(az, acs);
  found.catch(() => {});
  return [
    {
      name: "subscriptions",
      look: async (): Promise<Said[]> => {
        const topic = await found;
        if (!topic) return [noTopic(acs)];
        const [plan, json, storage] = await Promise.all([readPlan(), listSubscriptions(az, topic), account()]);
        return judgeSubscriptions(json, {
          plan,
          families: options.families,
          excludedTypes: options.excludedTypes,
          functionAppId: app.id,
          host: app.host,
          functions: app.functions,
          storage,
          topicName: topic.name,
          topicGroup: topic.group,
        });
      },
    },
    {
      name: "dead-letter role of the topic",
      look: async (): Promise<Said[]> => {
        const topic = await found;
        if (!topic) return [notChecked("there is no topic")];
        const [json, storage] = await Promise.all([listSubscriptions(az, topic), account()]);
        const byTopic = readSubscriptions(json).some(({ deadLetters }) => isOfTopic(deadLetters?.identity));
        if (!byTopic && !storage.keyless && !storage.closed) {
          return [notChecked("no subscription writes dead letters with the topic's own identity")];
        }
        return judgeDeadLetterRole(az, topic.principalId, storage);
      },
    },
  ];
}

async function readTopic(az: Az, acs: string): Promise<Topic | undefined> {
  const subscription = /^\/subscriptions\/([^/]+)\//i.exec(acs)?.[1];
  if (subscription === undefined) {
    throw new CouldNotCheckError(`${acs} is no resource id`, "--acs /subscriptions/…/communicationServices/…");
  }
  const topics = asList(await az("eventgrid", "system-topic", "list", "--subscription", subscription));
  const topic = topics.find(({ source }) => asText(source)?.toLowerCase() === acs.toLowerCase());
  const [name, group] = [asText(topic?.name), asText(topic?.resourceGroup) ?? groupOf(asText(topic?.id) ?? acs)];
  if (name === undefined || group === undefined) return undefined;
  return { name, group, subscription, principalId: asText(asObject(topic?.identity).principalId) };
}

const groupOf = (id: string): string | undefined => /\/resourceGroups\/([^/]+)\//i.exec(id)?.[1];

function listSubscriptions(az: Az, { name, group, subscription }: Topic): Promise<unknown> {
  const at = ["--subscription", subscription, "--resource-group", group];
  return az("eventgrid", "system-topic", "event-subscription", "list", "--system-topic-name", name, ...at);
}

function noTopic(acs: string): Said {
  return problem(`${acs.split("/").at(-1)} has no system topic: no event comes`, "azd up (docs/deploy.md)");
}
