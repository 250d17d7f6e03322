/** What stands in the place of an erased thing. */
export const stubOf = (tombstone: string) => JSON.stringify({ erased: true, tombstone });

export function isStub(value: unknown): value is { erased: true; tombstone: string } {
  if (typeof value !== "object" || value === null) return false;
  // An event may have such members too: somebody else writes them.
  const members = Object.keys(value);
  return members.length === 2 && "erased" in value && value.erased === true && "tombstone" in value;
}
