import { AcsEventsError } from "../events/errors.ts";
import { acsTransport } from "./transport.ts";

/**
 * A public document of ACS, e.g. the keys of its callbacks.
 * @throws AcsEventsError ACS_EVENTS_ACS_DOCUMENT_UNAVAILABLE (retryable) when it cannot be had
 */
export async function getAcsJson(url: string): Promise<unknown> {
  const { createPipelineRequest } = await import("@azure/core-rest-pipeline");
  const { httpClient } = await acsTransport();
  const fail = (cause?: unknown): never => {
    const message = "A public document of ACS cannot be had now. Try again.";
    throw new AcsEventsError("ACS_EVENTS_ACS_DOCUMENT_UNAVAILABLE", message, { retryable: true, cause });
  };
  const { status, bodyAsText } = await httpClient
    .sendRequest(createPipelineRequest({ url, method: "GET", timeout: 10_000 }))
    .catch(fail);
  if (status !== 200) return fail(new Error(`status ${status}`));
  try {
    return JSON.parse(bodyAsText ?? "");
  } catch (cause) {
    return fail(cause);
  }
}
