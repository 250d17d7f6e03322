import type { SchemaError } from "../../rules/parseDocument.ts";

const patterns: [where: RegExp, message: string][] = [
  [/\/holidays\/\d+$/, "is no date such as 2026-04-03 or 12-25"],
  [/^\/hours\/[^/]+\/\w+day\/\d+$/, "is no range such as 09:00-17:00"],
  [/\/(name|open|closed)$/, "is no name: a letter, then letters, digits, spaces, _ and -"],
];

/** What is wrong with `incoming-calls.json`, in words for its owner; undefined where the schema's own words will do. */
export function explainSchemaError({ keyword, instancePath, params }: SchemaError): string | undefined {
  if (keyword === "oneOf") return "must have one of redirect, reject, answer and ignore";
  if (keyword === "enum") return `must be one of ${[params?.allowedValues].flat().join(", ")}`;
  return keyword === "pattern" ? patterns.find(([where]) => where.test(instancePath))?.[1] : undefined;
}
