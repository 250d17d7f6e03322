/** The identifier of a path. The real host leaves an encoded slash as it is, unlike all else. */
export function identifierInPath({ identifier = "" }: Record<string, string>): string {
  return identifier.replace(/%2f/gi, "/");
}
