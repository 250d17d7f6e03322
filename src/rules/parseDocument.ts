import type { Finding } from "./finding.ts";

/** An error of a generated validator, as ajv words it. */
export interface SchemaError {
  instancePath: string;
  message?: string;
  keyword?: string;
  schemaPath?: string;
  params?: Record<string, unknown>;
}

/** What tells a document of one kind from all else. */
export interface DocumentKind<T> {
  /** Whether a value has the document's shape; `errors` says what is wrong when it has not. */
  validate: { (value: unknown): value is T; errors?: readonly SchemaError[] | null };
  /** What is wrong with a value of that shape, e.g. a name that nothing bears. */
  check?(value: T): readonly Finding[];
  /** Says it better than the schema does; undefined where it cannot. */
  explain?(error: SchemaError): string | undefined;
}

/** In characters. Some thousand rules have room; patterns take their time with much more, or more stack than there is. */
const longest = 256 * 1024;

/** Reads a document: its value, or all that is wrong with it. Pure. */
export function parseDocument<T>(kind: DocumentKind<T>, text: string): { value: T } | { findings: readonly Finding[] } {
  if (text.length > longest) {
    return { findings: [{ instancePath: "", message: `has ${text.length} characters; ${longest} are allowed` }] };
  }
  const parsed = parseJson(text.replace(/^\uFEFF/, ""));
  if ("finding" in parsed) return { findings: [parsed.finding] };
  const { json } = parsed;
  if (!kind.validate(json))
    return { findings: (kind.validate.errors ?? []).flatMap((error) => worded(error, kind.explain?.(error))) };
  const findings = kind.check?.(json) ?? [];
  return findings.length === 0 ? { value: json } : { findings };
}

/** One line of findings: `/rules/0/open names no hours; …`. */
export function describe(findings: readonly Finding[]): string {
  return findings.map(({ instancePath, message }) => `${instancePath || "/"} ${message}`).join("; ");
}

/** What the engine says of a syntax error quotes the document; only the place is taken from it. */
function parseJson(text: string): { json: unknown } | { finding: Finding } {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    const [, place] = /(\(line \d+ column \d+\))/.exec(error instanceof Error ? error.message : "") ?? [];
    return { finding: { instancePath: "", message: place ? `is not JSON ${place}` : "is not JSON" } };
  }
}

function worded({ instancePath, ...error }: SchemaError, message = error.message ?? "is not valid"): Finding[] {
  // Each alternative has an error of its own; that of all of them says enough.
  if (error.schemaPath?.includes("/oneOf/")) return [];
  const name = error.params?.additionalProperty;
  if (typeof name !== "string") return [{ instancePath, message }];
  // An owner's typing error is named, a number where a name belongs is not.
  const shown = /^[A-Za-z$_][\w$-]{0,60}$/.test(name) ? `member ${name}` : "member of such a name";
  return [{ instancePath, message: `may have no ${shown}` }];
}
