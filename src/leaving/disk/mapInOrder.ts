/** Does `work` for each of `values`, so many at once, and gives what came of it in their order. */
export async function* mapInOrder<T, R>(
  values: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (value: T) => Promise<R>,
): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  try {
    for await (const value of values) {
      const doing = work(value);
      // One that fails while another is waited for is reported in its turn.
      doing.catch(() => {});
      under.push(doing);
      const first = under.length >= atOnce ? under.shift() : undefined;
      if (first) yield await first;
    }
    for (let first = under.shift(); first; first = under.shift()) yield await first;
  } finally {
    await Promise.allSettled(under);
  }
}
