import type { HttpClient } from "@azure/core-rest-pipeline";
import { setting } from "../config.ts";
import { simulatorHttpClient } from "./simulatorSeam.ts";

/** What each ACS client is made with: nothing in Azure; the simulator's seam when ACS_SIMULATOR is set. */
export async function acsTransport(): Promise<{ httpClient?: HttpClient; allowInsecureConnection?: boolean }> {
  const simulator = setting("ACS_SIMULATOR");
  return simulator ? { httpClient: await simulatorHttpClient(simulator), allowInsecureConnection: true } : {};
}
