import { readFile } from "node:fs/promises";
import { type Family, families } from "../../../src/events/families.ts";

/** What infra/families.json says of a family. */
interface FamilyPlan {
  /** Without `Microsoft.Communication.`. */
  eventTypes: string[];
  /** What narrows it: a parameter of infra/subscriptions.bicep, or "none". */
  filter: string;
  /** How the subjects begin that the filter narrows, with or without a slash. */
  subject: string;
  maxEventsPerBatch: number;
  maxDeliveryAttempts: number;
  eventTimeToLiveInMinutes: number;
}

export type Plan = Record<Family, FamilyPlan>;

const file = new URL("../../../infra/families.json", import.meta.url);

export async function readPlan(): Promise<Plan> {
  return JSON.parse(await readFile(file, "utf8")) as Plan;
}

/** The family whose function it is; undefined for other functions. */
export function familyOf(functionName: string): Family | undefined {
  return families.find((family) => `${family}Events`.toLowerCase() === functionName.toLowerCase());
}

export const prefix = "Microsoft.Communication.";
