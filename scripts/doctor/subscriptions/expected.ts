// What subscriptions are judged by, and the commands that mend them.
import type { Family } from "../../../src/events/families.ts";
import type { Plan } from "./plan.ts";
import type { Subscription } from "./subscription.ts";

/** The app's storage account, as far as it matters to who writes dead letters. */
export interface StorageAccount {
  id: string;
  /** It takes no keys. */
  keyless: boolean;
  /** It lets in only whom its rules name. */
  closed: boolean;
  /** Its rules let in services that Azure trusts, which Event Grid is. */
  trustsAzure: boolean;
}

export interface Expected {
  plan: Plan;
  /** Families that are wanted, and types (without prefix, lower case) that are not. */
  families: readonly Family[];
  excludedTypes: ReadonlySet<string>;
  functionAppId: string;
  /** Host of the app, to know a webhook that leads to it. */
  host: string;
  /** Names of the functions that the app has. */
  functions: readonly string[];
  storage: StorageAccount;
  topicName: string;
  topicGroup: string;
}

/** A subscription of this app, with the family whose function it goes to. */
export interface Ours extends Subscription {
  family: Family;
}

/** The command that takes a subscription away. */
export function deletion(name: string, { topicName, topicGroup }: Expected): string {
  return `az eventgrid system-topic event-subscription delete --name ${name} --system-topic-name ${topicName} --resource-group ${topicGroup}`;
}

/** The command that changes a subscription. */
export function change(name: string, options: string, { topicName, topicGroup }: Expected): string {
  return `az eventgrid system-topic event-subscription update --name ${name} --system-topic-name ${topicName} --resource-group ${topicGroup} ${options}`;
}
