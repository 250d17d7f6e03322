/**
 * Whether a URL's hostname is this machine itself, whoever answers name lookups.
 * @param hostname as `new URL(…).hostname` gives it: lower case, IPv4 in four decimal parts, IPv6 in brackets
 */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
