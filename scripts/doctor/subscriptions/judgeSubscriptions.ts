// Judges the event subscriptions of an ACS resource's system topic: each event type that is wanted must reach exactly one function, the one of
// its family, and what cannot be delivered must be kept. Nothing here asks anybody: it judges what `az` printed.
import { ok, problem, type Said } from "../finding.ts";
import { deletion, type Expected, type Ours } from "./expected.ts";
import { judgeCoverage } from "./judgeCoverage.ts";
import { judgeDelivery } from "./judgeDelivery.ts";
import { judgeFilter } from "./judgeFilter.ts";
import { familyOf } from "./plan.ts";
import { readSubscriptions, type Subscription } from "./subscription.ts";

/** @param json what `az eventgrid system-topic event-subscription list` printed */
export function judgeSubscriptions(json: unknown, expected: Expected): Said[] {
  const all = readSubscriptions(json);
  const said: Said[] = [];
  const ours: Ours[] = [];
  for (const subscription of all.filter((one) => leadsHere(one, expected))) {
    const family = familyOf(subscription.functionName ?? "");
    const lost = judgeDestination(subscription, expected);
    if (lost) said.push(lost);
    if (family && subscription.functionName !== undefined) ours.push({ ...subscription, family });
  }
  for (const one of ours) said.push(...judgeFilter(one, expected), ...judgeDelivery(one, expected));
  said.push(...judgeCoverage(ours, expected));
  const foreign = all.length - all.filter((one) => leadsHere(one, expected)).length;
  const others = foreign === 0 ? "" : `; ${foreign} more of ${expected.topicName} go elsewhere and are not this app's`;
  return said.length > 0 ? said : [ok(`each event type reaches exactly one function, by ${ours.length}${others}`)];
}

function leadsHere({ functionAppId, address }: Subscription, expected: Expected): boolean {
  return functionAppId === expected.functionAppId.toLowerCase() || URL.parse(address ?? "")?.host === expected.host;
}

function judgeDestination({ name, functionName }: Subscription, expected: Expected): Said | undefined {
  const mend = `${deletion(name, expected)}, then azd hooks run postdeploy`;
  if (functionName === undefined) {
    const says = "goes to the app as a webhook: with another key of the host it ends. Use endpoint type Azure Function";
    return problem(`${name} ${says}`, mend);
  }
  const takesEvents = familyOf(functionName) !== undefined;
  if (!expected.functions.some((one) => one.toLowerCase() === functionName.toLowerCase())) {
    const says = `${name} goes to ${functionName}, a function that the app does not have: its events are lost`;
    return problem(says, takesEvents ? "azd deploy" : mend);
  }
  return takesEvents ? undefined : problem(`${name} goes to ${functionName}, which takes no events`, mend);
}
