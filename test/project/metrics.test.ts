import { expect, it } from "vitest";
import { metrics } from "../../src/telemetry/metricTable.ts";
import { readText } from "../support/repository.ts";

const rowsOf = (path: string) =>
  [...readText(path).matchAll(/^\| `(acs_events\.\w+)` \|(.*)\|$/gm)].map(([, name, rest = ""]) => {
    const [kind = "", attributes = "", meaning] = rest.split("|").map((cell) => cell.trim());
    return { name, kind: kind.split(",")[0], attributes, meaning };
  });

it("docs/observability.md has each metric, with its kind, attributes and meaning", () => {
  expect(rowsOf("docs/observability.md")).toEqual(
    Object.entries(metrics).map(([name, { kind, attributes, description }]) => ({
      ...{ name, kind, meaning: description },
      attributes: Object.keys(attributes)
        .map((attribute) => `\`${attribute}\``)
        .join(", "),
    })),
  );
});

it("infra/alerts/README.md has each metric, with its attributes and the values of those that have few", () => {
  const table: Record<string, { attributes: Record<string, readonly string[]> }> = metrics;
  const rows = rowsOf("infra/alerts/README.md");
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(table));
  for (const { name = "", attributes } of rows) {
    const named = attributes.match(/`\w+`/g) ?? [];
    const wanted = Object.entries(table[name]?.attributes ?? {}).flat(2);
    expect(named.map((word) => word.slice(1, -1)).sort(), name).toEqual([...wanted].sort());
  }
});
