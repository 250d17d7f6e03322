import type { HttpRequest } from "@azure/functions";
import { badQuery } from "../../http/pageQuery.ts";

/**
 * Whether a request wants plain text instead of JSON: by `format`, else by Accept (RFC 9110, 12.5.1); JSON wins a tie.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) for another format
 */
export function wantsText({ query, headers }: HttpRequest): boolean {
  const format = query.get("format")?.toLowerCase() || undefined;
  if (format === "text" || format === "json") return format === "text";
  if (format !== undefined) throw badQuery("format", "format is text or json; without it, the Accept header counts.");
  const accepted = (headers.get("accept") ?? "*/*").toLowerCase().split(",").map(rangeOf);
  return weightOf("text/plain", accepted) > weightOf("application/json", accepted);
}

interface MediaRange {
  range: string;
  weight: number;
}

function rangeOf(text: string): MediaRange {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { range, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

function weightOf(type: string, accepted: readonly MediaRange[]): number {
  for (const wanted of [type, `${type.split("/")[0]}/*`, "*/*"]) {
    const found = accepted.find(({ range }) => range === wanted);
    if (found) return found.weight;
  }
  return 0;
}
