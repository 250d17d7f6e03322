import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemKinds } from "../../src/storage/problemKinds.ts";
import { metrics as metricTable } from "../../src/telemetry/metricTable.ts";
import { alerts } from "../support/alerts.ts";
import { inRepository, readText } from "../support/repository.ts";
import { template } from "./templates.ts";

interface WorkbookItem {
  type: number;
  name: string;
  content: { version?: string; query?: string; json?: string };
}

const workbook: { version: string; items: WorkbookItem[] } = JSON.parse(readText("infra/workbook.json"));
const metrics: Record<string, { attributes: Record<string, readonly string[]> }> = metricTable;
const queries = [
  ...alerts.logs.map(({ name, query }) => ({ name, query: query.join("\n") })),
  ...workbook.items.flatMap(({ name, content }) => (content.query ? [{ name, query: content.query }] : [])),
];

describe("an alert", () => {
  const all = [...alerts.logs, ...alerts.topic];

  it("has a name of its own, and a page of that name that tells what to do", () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, title } of all) expect(readText(`docs/incidents/${name}.md`)).toContain(`# ${title}`);
  });

  it("stands behind each page of what to do, with its title and severity in their list", () => {
    const pages = readdirSync(inRepository("docs/incidents")).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(all.map(({ name }) => `${name}.md`).sort());
    const rows = [...readText("docs/incidents/README.md").matchAll(/^\| ([^|]+) \| (\d) \| \[([\w-]+)\]/gm)];
    const listed = rows.map(([, title, severity, name]) => ({ title, severity: Number(severity), name }));
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      String(a.name).localeCompare(String(b.name));
    expect(listed.sort(byName)).toEqual(
      all.map(({ title, severity, name }) => ({ title, severity, name })).sort(byName),
    );
  });

  // https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule, …/alerts-create-metric-alert-rule
  it("has a window and a pace that Azure Monitor takes", () => {
    const times = ["PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT45M", "PT1H", "PT2H", "PT3H", "PT4H", "PT5H", "PT6H"];
    for (const { every, window, severity } of all) {
      expect([...times, "P1D"]).toContain(every);
      expect([...times, "P1D", "P2D", "noEventWindow"]).toContain(window);
      expect([0, 1, 2, 3, 4]).toContain(severity);
    }
    for (const { every } of alerts.topic) expect(["PT1M", "PT5M", "PT15M", "PT30M", "PT1H"]).toContain(every);
  });

  it("over logs ends in one row with the column Value, which is compared", () => {
    for (const { query, aggregation, operator } of alerts.logs) {
      expect(query.at(-1)).toMatch(/^\| summarize Value = /);
      expect(["Maximum", "Total"]).toContain(aggregation);
      expect(["GreaterThan", "LessThan"]).toContain(operator);
    }
  });

  it("over the topic reads metrics that Event Grid has", () => {
    expect(alerts.topic.map(({ metric }) => metric)).toEqual(["DeadLetteredCount", "DroppedEventCount"]);
  });

  it("has each member that the template reads", () => {
    const [logs = "", topic = ""] = template("alerts.bicep").modules.flatMap(
      ({ value = "" }) => value.match(/^\[[\s\S]*/) ?? [],
    );
    for (const [text, kind] of [
      [logs, alerts.logs],
      [topic, alerts.topic],
    ] as const) {
      const read = [...new Set([...text.matchAll(/\balert\.(\w+)/g)].map(([, member = ""]) => member))];
      expect(read.length).toBeGreaterThan(5);
      for (const alert of kind) expect(Object.keys(alert)).toEqual(expect.arrayContaining(read));
    }
  });

  it("is there for each thing that an operator must hear of", () => {
    const expected = ["recordings-at-risk", "dead-letters", "poison-messages", "replies-failing", "no-events"];
    expect(alerts.logs.map(({ name }) => name)).toEqual(expected);
  });

  it("names problems that there are, and each problem of recordings in theirs", () => {
    const named = alerts.logs.flatMap(({ query }) =>
      [...query.join("\n").matchAll(/kind in \(([^)]*)\)/g)].flatMap(([, kinds = ""]) =>
        kinds.split(/[', ]+/).filter(Boolean),
      ),
    );
    expect(named.filter((kind) => !problemKinds.some((known) => known === kind))).toEqual([]);
    const ofRecordings = problemKinds.filter((kind) => kind.startsWith("recording"));
    expect(named).toEqual(expect.arrayContaining(ofRecordings));
  });
});

describe.each(queries)("the query $name", ({ query }) => {
  it("reads metrics that there are, and attributes and values that these have", () => {
    const read = [...query.matchAll(/acs_events\.\w+/g)].map(([name]) => name);
    expect(read.filter((name) => !(name in metrics))).toEqual([]);
    const known = read.flatMap((name) => Object.entries(metrics[name]?.attributes ?? {}));
    const asked = [...query.matchAll(/\bProperties\.(\w+)/g)].map(([, attribute = ""]) => attribute);
    expect(asked.filter((attribute) => !known.some(([name]) => name === attribute))).toEqual([]);
    for (const [, attribute, list = ""] of query.matchAll(/(\w+) in \(([^)]*)\)/g)) {
      const values = known.flatMap(([name, some]) => (name === attribute ? some : []));
      const wanted = [...list.matchAll(/'([^']*)'/g)].map(([, value = ""]) => value);
      if (values.length > 0) expect(values).toEqual(expect.arrayContaining(wanted));
    }
  });

  it("closes what it opens", () => {
    for (const [open, close] of ["()", "{}", "[]"]) {
      expect(query.split(open ?? "").length).toBe(query.split(close ?? "").length);
    }
    expect(query.split("'").length % 2).toBe(1);
  });

  it("begins with a table of Log Analytics, and goes on in steps", () => {
    const [table, ...steps] = query.split("\n");
    expect(["AppMetrics", "AppTraces", "AppRequests"]).toContain(table);
    for (const step of steps) expect(step).toMatch(/^\| (where|extend|summarize|project|order by) /);
  });
});

describe("the workbook", () => {
  it("is a notebook of texts, parameters and queries, each under a name of its own", () => {
    expect(workbook.version).toBe("Notebook/1.0");
    const versions: Record<number, string | undefined> = { 1: undefined, 3: "KqlItem/1.0", 9: "KqlParameterItem/1.0" };
    for (const { type, content } of workbook.items) {
      expect(Object.keys(versions)).toContain(String(type));
      expect(content.version).toBe(versions[type]);
    }
    expect(new Set(workbook.items.map(({ name }) => name)).size).toBe(workbook.items.length);
  });

  it("shows each metric", () => {
    const shown = new Set(workbook.items.flatMap(({ content }) => content.query?.match(/acs_events\.\w+/g) ?? []));
    expect([...shown].sort()).toEqual(Object.keys(metrics).sort());
  });

  it("shows what an operator asks for", () => {
    const names = workbook.items.map(({ name }) => name);
    const asked = ["events-by-family", "delay", "failed-functions", "recordings-by-state", "replies"];
    expect(names).toEqual(expect.arrayContaining(asked));
  });
});
