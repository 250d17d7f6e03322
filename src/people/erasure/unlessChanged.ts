import { httpStatus } from "../../storage/onDemand.ts";

/** What changed meanwhile is found by the next pass. */
export async function unlessChanged(work: Promise<void>): Promise<void> {
  await work.catch((error) => {
    if (httpStatus(error) !== 412) throw error;
  });
}
