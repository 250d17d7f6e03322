/** What takes long to load is loaded again after so many times of that. */
const share = 10;

/**
 * What `load` gave, loaded anew when it is older than so many milliseconds; who asks meanwhile waits for the same answer.
 */
export function fresh<T>(load: () => Promise<T>, maxAge: number): () => Promise<T> {
  let last: { until: number; value: Promise<T> } | undefined;
  return () => {
    const began = performance.now();
    if (last && began < last.until) return last.value;
    const next = { until: Number.POSITIVE_INFINITY, value: load() };
    last = next;
    next.value.then(
      () => {
        next.until = Math.max(began + maxAge, began + share * (performance.now() - began));
      },
      () => {
        if (last === next) last = undefined;
      },
    );
    return next.value;
  };
}
