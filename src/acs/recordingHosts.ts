import { AcsEventsError } from "../events/errors.ts";

/** Hosts that serve recordings, as @azure/communication-call-automation 1.6.0 lists them (utils/recordingUrlValidator). */
const suffixes = [".asm.skype.com", ".asyncgw.teams.microsoft.com", ".ams.gov.teams.microsoft.us"];

/**
 * The URL of a recording, if credentials may go there: https, default port, no user info, one of the three hosts; or
 * anything at the configured ACS endpoint. An event is outside data: a forged location must not collect a signature.
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST
 */
export function recordingUrl(location: string, endpoint: string): URL {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url && !url.username && !url.password) {
    if (url.origin === endpoint) return url;
    const known = suffixes.some((suffix) => url.hostname.endsWith(suffix));
    if (url.protocol === "https:" && url.port === "" && known) return url;
  }
  throw new AcsEventsError(
    "ACS_EVENTS_FORBIDDEN_HOST",
    `The recording's location is not on a host of ACS (https, *${suffixes.join(", *")}), so no credentials were sent to it. ` +
      "If the event is genuine, the list of hosts in src/acs/recordingHosts.ts is out of date.",
  );
}
