import { container } from "../../storage/blobs.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";

/** The length of a blob in container `recordings`; undefined when it is not there. */
export async function lengthOf(blob: string): Promise<number | undefined> {
  const recordings = await container("recordings");
  try {
    return (await recordings.getBlobClient(blob).getProperties({ abortSignal: inTime() })).contentLength;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
