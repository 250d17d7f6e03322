import { expect, it } from "vitest";
import { metrics } from "../../src/telemetry/metricTable.ts";
import { readText } from "../support/repository.ts";

const rowsOf = (path: string) => [...readText(path).matchAll(/^\| `(acs_events\.\w+)` \|(.*)\|$/gm)];
const namesIn = (path: string) => new Set(readText(path).match(/acs_events\.\w+/g) ?? []);

it("docs/observability.md has each metric, with its kind and meaning", () => {
  const documented = rowsOf("docs/observability.md").map(([, name, rest = ""]) => {
    const [kind = "", , meaning] = rest.split("|").map((cell) => cell.trim());
    return [name, kind.split(",")[0], meaning];
  });
  expect(documented).toEqual(Object.entries(metrics).map(([name, { kind, description }]) => [name, kind, description]));
});

it.each(["infra/alerts/alerts.json", "infra/workbook.json", "infra/alerts/README.md"])(
  "%s asks for metrics that there are",
  (path) => {
    expect([...namesIn(path)].filter((name) => !Object.hasOwn(metrics, name))).toEqual([]);
  },
);

it("infra/alerts/README.md has each metric", () => {
  expect(rowsOf("infra/alerts/README.md").map(([, name]) => name)).toEqual(Object.keys(metrics));
});
