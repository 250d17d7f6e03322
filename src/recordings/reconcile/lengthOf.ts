import { propertiesOf } from "../../storage/propertiesOf.ts";

/** The length of a blob in container `recordings`; undefined when it is not there. */
export async function lengthOf(blob: string): Promise<number | undefined> {
  return (await propertiesOf("recordings", blob))?.contentLength;
}
