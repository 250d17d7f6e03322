import { isRecordingHost } from "../acs/recordingHosts.ts";

/**
 * Whether ACS put a chunk into the owner's own container. After an export that failed the event has locations of ACS instead: such
 * a chunk is fetched like any other.
 */
export function inOwnStorage(storageType: string | undefined, contentLocation: string | undefined): boolean {
  if (!storageType || /^acs$|AzureCommunicationServices/i.test(storageType)) return false;
  const host = URL.parse(contentLocation ?? "")?.hostname;
  // Without a location nothing is known to be anywhere, and it is looked for at ACS.
  return host !== undefined && !isRecordingHost(host);
}
