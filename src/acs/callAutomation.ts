// The client of Call Automation. The SDK makes fresh repeatability ids at each request, so a repeated one would be carried out twice;
// a policy puts ours in their place. It must run per call: the SDK's own headers are there, and retries keep ours.
import type { CallAutomationClient } from "@azure/communication-call-automation";
import { acsResource } from "./credential.ts";
import { withRepeatability } from "./repeatability.ts";
import { shortWaits } from "./shortWaits.ts";
import { acsTransport } from "./transport.ts";

const repeatabilityPolicy = withRepeatability(({ headers }, id, firstSent) => {
  headers.set("Repeatability-Request-ID", id);
  headers.set("Repeatability-First-Sent", firstSent);
});

/** @throws AcsEventsError ACS_EVENTS_NO_ACS */
export async function openCallAutomation(): Promise<CallAutomationClient> {
  const [sdk, { endpoint, credential }, transport] = await Promise.all([
    import("@azure/communication-call-automation"),
    acsResource(),
    acsTransport(),
  ]);
  const options = {
    ...transport,
    // All of it may be repeated, and somebody waits for the answer.
    retryOptions: { maxRetries: 2, retryDelayInMs: 300, maxRetryDelayInMs: 2_000 },
    additionalPolicies: [
      { policy: repeatabilityPolicy, position: "perCall" as const },
      { policy: shortWaits, position: "perRetry" as const },
    ],
  };
  // One constructor for each kind of credential: the overloads do not take their union.
  return "key" in credential
    ? new sdk.CallAutomationClient(endpoint, credential, options)
    : new sdk.CallAutomationClient(endpoint, credential, options);
}
