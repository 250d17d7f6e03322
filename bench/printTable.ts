/** Prints a table in Markdown, for docs to quote; all columns but the first are numbers, and stand to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    console.log(
      `| ${widths.map((width, at) => (cells[at] ?? "")[at === 0 ? "padEnd" : "padStart"](width)).join(" | ")} |`,
    );
  console.log();
  line(head);
  line(widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  for (const row of rows) line(row);
  console.log();
}
