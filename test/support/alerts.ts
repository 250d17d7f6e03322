import { type AppMetric, ask } from "./kql.ts";
import { readText } from "./repository.ts";

export interface LogAlert {
  name: string;
  title: string;
  meaning: string;
  severity: number;
  every: string;
  window: string;
  aggregation: string;
  operator: string;
  threshold: number;
  query: string[];
}
interface TopicAlert extends Pick<LogAlert, "name" | "title" | "meaning" | "severity" | "every" | "window"> {
  metric: string;
}

/** What infra/alerts/alerts.json has. */
export const alerts: { logs: LogAlert[]; topic: TopicAlert[] } = JSON.parse(readText("infra/alerts/alerts.json"));

/** Whether an alert is raised when these rows are all that is in its window. */
export function isRaised({ query, operator, threshold }: LogAlert, rows: readonly AppMetric[]): boolean {
  const value = ask(query, rows);
  return operator === "GreaterThan" ? value > threshold : value < threshold;
}
