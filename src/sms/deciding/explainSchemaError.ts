import type { SchemaError } from "../../rules/parseDocument.ts";

const patterns: [where: RegExp, message: string][] = [
  [
    /^(\/rules\/\d+\/reply|\/fallback)$/,
    "has a brace that is no placeholder: write {from}, {to}, {message}, {time} or {keyword}, or {{ and }} for braces",
  ],
  [/\/keywords\/\d+$/, "has neither a letter, a digit nor an emoji"],
  [/\/holidays\/\d+$/, "is no date such as 2026-04-03 or 12-25"],
  [/^\/hours\/[^/]+\/\w+day\/\d+$/, "is no range such as 09:00-17:00"],
  [/\/(name|open|closed)$/, "is no name: a letter, then letters, digits, spaces, _ and -"],
];

/** What is wrong with `auto-replies.json`, in words for its owner; undefined where the schema's own words will do. */
export function explainSchemaError({ keyword, instancePath }: SchemaError): string | undefined {
  if (keyword === "oneOf") return "must have either reply or answer: false";
  return keyword === "pattern" ? patterns.find(([where]) => where.test(instancePath))?.[1] : undefined;
}
