import type { TSchema } from "typebox";
import type { Definition } from "./definitions.ts";
import type { DocumentedType } from "./fields.ts";
import { isObject, type JsonObject, jsonType } from "./json.ts";
import { printable } from "./printable.ts";

const MAX_WARNINGS = 20;

/** What a schema of ours may say about a member, besides what ajv checks. */
interface Described {
  properties?: Record<string, Described>;
  /** Documented members of an object that the app does not read, or of the elements of an array. */
  parts?: Record<string, Described>;
  items?: Described;
  documented?: DocumentedType;
  additionalProperties?: boolean;
}

/**
 * What is notable about an event that is accepted all the same: members that no source documents, documented ones of an
 * unusual type, and missing ones that every official sample has. At most 20. `data` is in today's shape; `received`
 * gives the pointer as received.
 */
export function warningsFor(definition: Definition, data: JsonObject, received: (pointer: string) => string): string[] {
  const warnings: string[] = [];
  for (const name of definition.usual) {
    if (!Object.hasOwn(data, name)) warnings.push(`no member /data/${name}`);
  }
  inspect(definition.data as TSchema & Described, data, "", received, warnings);
  return warnings;
}

/** The pointer of a warning that tells of an unknown member; undefined for any other. */
export function unknownMember(warning: string): string | undefined {
  return warning.startsWith(unknown) ? warning.slice(unknown.length) : undefined;
}

const unknown = "unknown member ";

function inspect(
  described: Described,
  object: JsonObject,
  at: string,
  received: (pointer: string) => string,
  warnings: string[],
): void {
  const known = described.properties ?? described.parts;
  if (known === undefined) return;
  for (const name in object) {
    if (warnings.length >= MAX_WARNINGS) return;
    const member = Object.hasOwn(known, name) ? known[name] : undefined;
    const value = object[name];
    if (member === undefined) {
      if (!described.additionalProperties) warnings.push(`${unknown}${path(at, name, received)}`);
      continue;
    }
    if (member.documented !== undefined && member.documented !== "any" && jsonType(value) !== member.documented) {
      warnings.push(`${path(at, name, received)} is usually ${member.documented}, here ${jsonType(value)}`);
      continue;
    }
    if (typeof value !== "object") continue;
    if (isObject(value)) inspect(member, value, `${at}/${name}`, received, warnings);
    else if (Array.isArray(value)) inspectEach(member.items ?? member, value, `${at}/${name}`, received, warnings);
  }
}

function inspectEach(
  described: Described,
  values: unknown[],
  at: string,
  received: (pointer: string) => string,
  warnings: string[],
): void {
  for (let index = 0; index < values.length && warnings.length < MAX_WARNINGS; index++) {
    const value = values[index];
    if (isObject(value)) inspect(described, value, `${at}/${index}`, received, warnings);
  }
}

function path(at: string, name: string, received: (pointer: string) => string): string {
  const escaped = name.replaceAll("~", "~0").replaceAll("/", "~1");
  return printable(`/data${received(`${at}/${escaped}`)}`);
}
