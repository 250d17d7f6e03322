import { CouldNotCheckError } from "./couldNotCheckError.ts";
import { type Check, couldNotCheck, type Finding, type Said } from "./finding.ts";

/** Runs all checks at once, and gives what they found in their order: the trouble of one keeps no other from being run. */
export async function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async ({ name, look }) => {
      const said = await look().catch((error) => [trouble(error)]);
      return said.map((one) => ({ check: name, ...one }));
    }),
  );
  return found.flat();
}

function trouble(error: unknown): Said {
  if (error instanceof CouldNotCheckError) return couldNotCheck(error.message, error.mend);
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  // Messages of SDKs hold addresses and signatures: names and codes do not.
  return couldNotCheck(`failed: ${[name, code].filter((one) => typeof one === "string").join(" ")}`, "Try again.");
}
