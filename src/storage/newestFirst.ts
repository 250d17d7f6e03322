/** The begin of a row key that sorts a time (milliseconds since 1970) before all earlier ones: 15 digits. */
export function newestFirst(time: number): string {
  return (1e14 - time).toString().padStart(15, "0");
}

/** The time of such a row key. */
export function timeOfKey(rowKey: string): number {
  return 1e14 - Number(rowKey.slice(0, 15));
}
