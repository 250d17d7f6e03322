// As much of KQL as the alerts' queries have, so that a test can ask them. A word that is not known here is an error.
// https://learn.microsoft.com/kusto/query/

/** A row of AppMetrics: https://learn.microsoft.com/azure/azure-monitor/reference/tables/appmetrics */
export interface AppMetric {
  Name: string;
  Sum: number;
  Max: number;
  ItemCount: number;
  Properties: Record<string, unknown>;
}

type Row = Record<string, unknown>;
type OfRow = (row: Row) => number;

const scalars = {
  iff: (condition: boolean, yes: unknown, no: unknown) => (condition ? yes : no),
  tostring: (value: unknown) => String(value ?? ""),
  isOneOf: (value: unknown, ...all: unknown[]) => all.includes(value),
};

/** What a query that ends in `summarize Value = …` makes of these rows. */
export function ask(query: readonly string[], metrics: readonly AppMetric[]): number {
  const [table, ...steps] = query;
  if (table !== "AppMetrics") throw new Error(`${table} is not AppMetrics.`);
  let rows: Row[] = metrics.map((metric) => ({ ...metric }));
  const columns = new Set(["Name", "Sum", "Max", "ItemCount", "Properties"]);
  const compiled = (text: string, aggregates = {}) => compile(text, columns, aggregates);
  for (const step of steps) {
    const [, verb, text = ""] = /^\| (where|extend|summarize) (.*)$/.exec(step) ?? [];
    if (verb === undefined) throw new Error(`This is no step that is known here: ${step}`);
    if (verb === "where") {
      const wanted = compiled(text);
      rows = rows.filter((row) => wanted(row));
    } else if (verb === "extend") {
      const added = text.split(/, (?=\w+ = )/).map((column) => column.split(/ = (.*)/s));
      const values = added.map(([name = "", expression = ""]) => [name, compiled(expression)] as const);
      rows = rows.map((row) => ({ ...row, ...Object.fromEntries(values.map(([name, of]) => [name, of(row)])) }));
      for (const [name] of values) columns.add(name);
    } else return Number(compiled(text.replace(/^Value = /, ""), aggregatesOf(rows))({}));
  }
  throw new Error("The query has no summarize.");
}

function aggregatesOf(rows: Row[]) {
  return {
    sum: (of: OfRow) => rows.reduce((sum, row) => sum + of(row), 0),
    max: (of: OfRow) => Math.max(...rows.map(of)),
    countif: (of: (row: Row) => boolean) => rows.filter(of).length,
  };
}

/** An expression as a function of a row: its words are columns, what is in an aggregate is a function of each row. */
function compile(expression: string, columns: ReadonlySet<string>, aggregates: object): (row: Row) => unknown {
  const known = { ...scalars, ...aggregates };
  const script = expression
    .replace(/\b(\w+) in \(/g, "isOneOf($1, ")
    .replace(/'[^']*'|\b[A-Za-z_][\w.]*(?=(\(?))/g, (word, call) => {
      if (word.startsWith("'") || call === "(") return word;
      if (word === "and" || word === "or") return word === "and" ? "&&" : "||";
      if (!columns.has(word.split(".")[0] ?? "")) throw new Error(`There is no column ${word}.`);
      return `row.${word}`;
    })
    .replace(/\b(sum|max|countif)\(/g, "$1((row) => ");
  return (row) => new Function("row", ...Object.keys(known), `return ${script}`)(row, ...Object.values(known));
}
