/** Ends of the names of hosts that serve recordings, as @azure/communication-call-automation 1.6.0 lists them (recordingUrlValidator). */
export const recordingHosts = [".asm.skype.com", ".asyncgw.teams.microsoft.com", ".ams.gov.teams.microsoft.us"];

/** Whether ACS serves recordings from a host of this name. */
export function isRecordingHost(hostname: string): boolean {
  return recordingHosts.some((end) => hostname.endsWith(end));
}
