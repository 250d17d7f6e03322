/** Does work on several items at a time, and gives what comes of it in the order of the items; no more than `places` are read ahead. */
export async function* inFlight<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  places: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const begun = work(item);
      // Its trouble is met when its turn comes.
      begun.catch(() => {});
      waiting.push(begun);
      const first = waiting.length >= places ? waiting.shift() : undefined;
      if (first) yield await first;
    }
    for (let first = waiting.shift(); first; first = waiting.shift()) yield await first;
  } finally {
    // Nothing goes on after its reader left.
    await Promise.allSettled(waiting);
  }
}
