import { parseArgs } from "node:util";
import { type Family, families } from "../src/events/families.ts";
import type { ExportOptions } from "../src/leaving/archive/exportOptions.ts";

export const usage = `Usage: npm run export -- --out DIR [--from DAY] [--to DAY] [--family NAME[,NAME…]] [--format jsonl|vcon] [--media-url URL]

Exports what arrived since the last run into DIR: JSON Lines with their JSON Schemas, or a vCon for each conversation, and the media.
--from, --to   by arrival here: a date, or a time with a zone (ISO 8601); --to is not included
--family       ${families.join(", ")}
--media-url    where DIR will be served (https://…): the addresses of media in vCons; without it, those of the blobs
Storage: AzureWebJobsStorage, or AzureWebJobsStorage__accountName with your Azure identity (az login), from the
environment or local.settings.json.`;

/** What the command line says; a sentence when it says it wrongly. */
export function exportOptions(args: string[]): ExportOptions | string {
  try {
    const text = { type: "string" } as const;
    const options = { out: text, from: text, to: text, family: text, format: text, "media-url": text };
    return checked(parseArgs({ args, options }).values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function checked(values: Partial<Record<string, string>>): ExportOptions {
  const { out, format = "jsonl", family, "media-url": mediaUrl } = values;
  if (!out) throw new Error("--out DIR is missing.");
  if (format !== "jsonl" && format !== "vcon") throw new Error("--format is jsonl or vcon.");
  if (mediaUrl !== undefined && !/^https:\/\/\S+$/.test(mediaUrl)) throw new Error("--media-url begins with https://.");
  const [from, to] = [timeOf("from", values.from), timeOf("to", values.to)];
  return {
    out,
    format,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(family !== undefined && { families: familiesIn(family) }),
    ...(mediaUrl !== undefined && { mediaUrl: mediaUrl.replace(/\/*$/, "/") }),
  };
}

function timeOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) throw new Error(`--${name} is a date (2026-11-21) or a time with a zone.`);
  return time;
}

function familiesIn(text: string): Family[] {
  return text.split(",").map((name) => {
    const family = families.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (!family) throw new Error(`"${name}" is no family. Families: ${families.join(", ")}.`);
    return family;
  });
}
