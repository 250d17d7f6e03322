import { firstRows, type Range } from "./firstRows.ts";

/** Rows of one window; a table gives at most 1,000 at once. */
const maxRows = 500;
const [second, day] = [1_000, 86_400_000];

/**
 * The rows of a timeline in windows from the newest to the oldest. A table reads its rows in one direction only: so a window is
 * wide where there is little, and narrow where there is much. Of more than 500 rows within a second the newest may be left out.
 * @param range `before`: where to begin, a row key that itself is left out
 * @param from the first time that is wanted, milliseconds since 1970
 * @returns the rows of each window, in order of time
 */
export async function* windowsBack<T extends object>(
  range: Omit<Range, "after"> & { before: string },
  from: number,
): AsyncGenerator<(T & { rowKey: string })[]> {
  let before = range.before;
  for (let width = day; ; width *= 4) {
    const end = Date.parse(`${before.slice(0, 23)}Z`) + 1;
    for (;;) {
      const begin = Math.max(from, end - width);
      const after = new Date(begin).toISOString().slice(0, 23);
      const rows = await firstRows<T>("timeline", { ...range, after, before }, maxRows);
      if (rows.length === maxRows && width > second) {
        width /= 4;
        continue;
      }
      yield rows;
      if (begin <= from) return;
      before = after;
      break;
    }
  }
}
