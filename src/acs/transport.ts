import type { HttpClient } from "@azure/core-rest-pipeline";
import { setting } from "../config.ts";
import { simulatorHttpClient } from "./simulatorSeam.ts";

interface Transport {
  httpClient: HttpClient;
  allowInsecureConnection: boolean;
}

let current: { simulator: string; transport: Promise<Transport> } | undefined;

/**
 * What each ACS client is made with: one HTTP client for all, so that connections are used again; the simulator's seam when
 * ACS_SIMULATOR is set.
 */
export function acsTransport(): Promise<Transport> {
  const simulator = setting("ACS_SIMULATOR");
  if (current?.simulator !== simulator) current = { simulator, transport: open(simulator) };
  return current.transport;
}

async function open(simulator: string): Promise<Transport> {
  if (simulator) return { httpClient: await simulatorHttpClient(simulator), allowInsecureConnection: true };
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  return { httpClient: createDefaultHttpClient(), allowInsecureConnection: false };
}
