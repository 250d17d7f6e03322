import { definitions } from "./definitions.ts";
import type { JsonObject } from "./json.ts";
import { unknownMember, warningsFor } from "./warnings.ts";

/**
 * Whether a member is known, of which an earlier version may have warned.
 * @param name of the event's type, without its namespace
 * @param pointer to the member, with `*` for any place in a list
 */
export function knowsMember(name: string, pointer: string): boolean {
  const definition = definitions.find((known) => known.name === name);
  const [, data, ...segments] = pointer.split("/");
  if (!definition || data !== "data" || segments.length === 0) return false;
  const value = segments.reduceRight<unknown>(
    (inner, segment) => (segment === "*" ? [inner] : { [segment]: inner }),
    {},
  ) as JsonObject;
  return !warningsFor(definition, value, (at) => at).some((warning) => unknownMember(warning) !== undefined);
}
