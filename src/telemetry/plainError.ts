import { AcsEventsError } from "../events/errors.ts";

/**
 * An error as logs may show it: the app's own as it is, of any other its name, code, HTTP status and where it comes from. A message
 * that is not ours may quote what a stranger wrote, as that of JSON.parse does.
 */
export function plainError(error: unknown): Error {
  if (error instanceof AcsEventsError) return error;
  if (!(error instanceof Error)) return new Error("something that is not an error was thrown");
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = [code, statusCode].filter((fact) => typeof fact === "number" || /^\w+$/.test(String(fact ?? "")));
  const plain = new Error(known.join(" ") || "its message may quote somebody, and is not shown");
  plain.name = error.name;
  // A message of several lines may look like frames.
  const frames = (error.stack ?? "")
    .replace(error.message, "")
    .split("\n")
    .filter((line) => /^ +at .*(:\d+:\d+|<anonymous>)\)?$/.test(line));
  plain.stack = [`${plain.name}: ${plain.message}`, ...frames].join("\n");
  return plain;
}
