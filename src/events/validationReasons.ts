import { type ValidationError, validators } from "./generated/validators.js";
import { isObject, jsonType } from "./json.ts";
import { printable } from "./printable.ts";
import type { Reason } from "./rejected.ts";

/** More than a reader wants; each error beyond is dropped before it costs anything. */
const MAX_ERRORS = 20;

/**
 * Validates data in today's shape by the generated validator of an event type. Gives no reason when it is valid.
 * `received` gives the pointer as received for one into today's shape.
 */
export function validationReasons(name: string, data: unknown, received: (pointer: string) => string): Reason[] {
  const validate = validators[name];
  if (validate === undefined) throw new Error(`No validator for ${name}: run "npm run generate".`);
  if (validate(data)) return [];
  return (validate.errors ?? []).slice(0, MAX_ERRORS).map((error) => reasonOf(error, data, received));
}

function reasonOf(error: ValidationError, data: unknown, received: (pointer: string) => string): Reason {
  const { keyword, instancePath, params } = error;
  if (keyword === "required") {
    const pointer = `/data${received(`${instancePath}/${params.missingProperty}`)}`;
    return { code: "ACS_EVENTS_MISSING", pointer, expected: "a value", found: "nothing" };
  }
  // The names of call headers are foreign text.
  const pointer = printable(`/data${received(instancePath)}`);
  if (keyword === "minLength")
    return { code: "ACS_EVENTS_MISSING", pointer, expected: "a value", found: "empty string" };
  return { code: "ACS_EVENTS_WRONG_TYPE", pointer, expected: String(params.type), found: typeAt(data, instancePath) };
}

function typeAt(data: unknown, pointer: string): string {
  let value = data;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isObject(value) ? value[name] : undefined;
  }
  return jsonType(value);
}
