import { httpStatus } from "./onDemand.ts";

/** Does `work` with a blob or row; undefined when storage says that it, or what should hold it, is not there (404). */
export async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
