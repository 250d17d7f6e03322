import { createHash } from "node:crypto";
import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";

/** A request that ACS carries out once, however often it is sent (OASIS Repeatable Requests 1.0). */
export interface Repeatability {
  /** A UUID. */
  id: string;
  firstSent: Date;
}

/** A UUID that is the same for the same work. */
export function repeatabilityId(work: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(work)).digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
}

const header = "x-acs-events-repeatability";

/** Takes a request's repeatability to the policy below: the SDKs have no option for it. */
export function repeatabilityHeader({ id, firstSent }: Repeatability): Record<string, string> {
  return { [header]: `${id}|${firstSent.toUTCString()}` };
}

/** A policy, per call, that lets `apply` put our repeatability in place of what the SDK made up; the header does not leave the app. */
export function withRepeatability(
  apply: (request: PipelineRequest, id: string, firstSent: string) => void,
): PipelinePolicy {
  return {
    name: "acsEventsRepeatability",
    sendRequest(request, next) {
      const [id, firstSent] = request.headers.get(header)?.split("|") ?? [];
      request.headers.delete(header);
      if (id && firstSent) apply(request, id, firstSent);
      return next(request);
    },
  };
}
