/** What stands in the place of an erased thing. */
export const stubOf = (tombstone: string) => JSON.stringify({ erased: true, tombstone });

export function isStub(value: unknown): value is { erased: true; tombstone: string } {
  return (
    typeof value === "object" && value !== null && "erased" in value && value.erased === true && "tombstone" in value
  );
}
