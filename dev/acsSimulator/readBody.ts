import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { badRequest } from "./simulatorError.ts";

/**
 * A request's JSON body, checked.
 * @throws SimulatorError 400 that names the first member that is wrong
 */
export function readBody<S extends TSchema>(schema: S, body: Buffer): Static<S> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw badRequest("The body is not JSON.");
  }
  if (Value.Check(schema, value)) {
    return value;
  }
  const [first] = Value.Errors(schema, value);
  throw badRequest(`The body is wrong at '${first?.instancePath ?? ""}': ${first?.message ?? "not as documented"}.`);
}
