// The one place where requests for ACS are led to a simulator instead. It works only towards this machine, and once
// it is on, nothing gets past it to the real service.
import type { HttpClient, PipelineRequest } from "@azure/core-rest-pipeline";
import { AcsEventsError } from "../events/errors.ts";
import { isLoopbackHost } from "./isLoopbackHost.ts";
import { recordingHosts } from "./recordingHosts.ts";

/** The ACS API, and the hosts of recordings. */
const acsHostSuffixes = [".communication.azure.com", ...recordingHosts];

/**
 * An HTTP client for the `httpClient` option of the ACS SDK clients that takes every request to the simulator.
 * The Host header stays the one of the ACS host, because the signature covers it.
 * @param address the setting ACS_SIMULATOR, e.g. `http://127.0.0.1:8080`
 * @throws AcsEventsError ACS_EVENTS_SIMULATOR_NOT_LOOPBACK if the address is not plain http on this machine;
 * the client's requests to any other host reject with ACS_EVENTS_SIMULATOR_REFUSED
 */
export async function simulatorHttpClient(address: string): Promise<HttpClient> {
  const simulator = loopbackOrigin(address);
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const client = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const { url, allowInsecureConnection, agent } = request;
      request.url = simulatedUrl(request, simulator);
      request.allowInsecureConnection = true;
      // A proxy of the environment cannot reach this machine's loopback.
      request.agent = undefined;
      try {
        return await client.sendRequest(request);
      } finally {
        Object.assign(request, { url, allowInsecureConnection, agent });
      }
    },
  };
}

function loopbackOrigin(address: string): string {
  const url = URL.parse(address);
  const plain = url?.protocol === "http:" && !url.username && !url.password && url.pathname === "/" && !url.search;
  if (!url || !plain || !isLoopbackHost(url.hostname)) {
    throw new AcsEventsError(
      "ACS_EVENTS_SIMULATOR_NOT_LOOPBACK",
      "ACS_SIMULATOR is for local work only. Set it to an address of this machine such as http://127.0.0.1:8080, or remove it.",
    );
  }
  return url.origin;
}

function simulatedUrl(request: PipelineRequest, simulator: string): string {
  const url = new URL(request.url);
  if (url.origin === simulator) {
    return request.url;
  }
  const isAcs = acsHostSuffixes.some((suffix) => url.hostname.endsWith(suffix));
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "" || !isAcs) {
    throw new AcsEventsError(
      "ACS_EVENTS_SIMULATOR_REFUSED",
      `With ACS_SIMULATOR set, requests go to ACS hosts over https only, not to ${url.origin}. Remove the setting to reach other hosts.`,
    );
  }
  if (!request.headers.has("Host")) {
    request.headers.set("Host", url.host);
  }
  return `${simulator}${url.pathname}${url.search}`;
}
