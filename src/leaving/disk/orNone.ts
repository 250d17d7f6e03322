/** What a reading of a file gives; `none` when there is no such file. @throws whatever else keeps it from being read */
export function orNone<T>(reading: Promise<T>, none: T): Promise<T> {
  return reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return none;
    throw error;
  });
}
