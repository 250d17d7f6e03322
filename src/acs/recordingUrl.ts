import { AcsEventsError } from "../events/errors.ts";
import { isRecordingHost, recordingHosts } from "./recordingHosts.ts";

/** Where the founding document of 2021-04 has recordings at the ACS endpoint itself. */
const atEndpoint = "/recording/download/";

/**
 * The URL of a recording, if credentials may go there: https, default port, no user info, a host of recordings; or a recording's
 * path at the configured ACS endpoint. An event is outside data: a forged location must not collect a signature, nor the answer
 * of another part of the API.
 * @param location a URL, or a path at the endpoint
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST
 */
export function recordingUrl(location: string, endpoint: string): URL {
  const url = URL.parse(location, endpoint);
  if (url && !url.username && !url.password) {
    if (url.origin === endpoint && url.pathname.startsWith(atEndpoint)) return url;
    const known = isRecordingHost(url.hostname);
    if (url.protocol === "https:" && url.port === "" && known) return url;
  }
  throw new AcsEventsError(
    "ACS_EVENTS_FORBIDDEN_HOST",
    `The recording's location is not on a host of ACS (https, *${recordingHosts.join(", *")}), so no credentials were sent to it. ` +
      "If the event is genuine, the list in src/acs/recordingHosts.ts is out of date.",
  );
}
