// Compiles the JSON Schemas of all event types to self-contained code, so that no schema is compiled at run time.
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { type Definition, definitions } from "../src/events/definitions.ts";
import { identifier } from "../src/events/models.ts";
import { selfContained } from "./selfContained.ts";

export const validatorsFile = new URL("../src/events/generated/validators.js", import.meta.url);

/** The text of the generated file. */
export async function generateValidators(): Promise<string> {
  const ajv = new Ajv({ allErrors: true, strict: true, messages: false, code: { source: true, esm: true } });
  ajv.addVocabulary(["documented", "parts"]);
  ajv.addSchema(identifier, "identifier");
  // The identifier model is compiled only once.
  const model = JSON.stringify(identifier);
  // Types of one shape share one validator: each costs a few kB of every cold start.
  const firstOf = new Map<string, string>();
  const sharedBy = new Map<string, string[]>();
  for (const definition of definitions) {
    const shape = JSON.stringify(schemaOf(definition)).replaceAll(model, '{"$ref":"identifier"}');
    const schema = JSON.parse(shape) as object;
    const first = firstOf.get(shape) ?? definition.name;
    if (first === definition.name) ajv.addSchema(schema, first);
    firstOf.set(shape, first);
    sharedBy.set(first, [...(sharedBy.get(first) ?? []), definition.name]);
  }
  const code = standalone.default(ajv, Object.fromEntries([...sharedBy.keys()].map((name) => [name, name])));
  // One table instead of an export per type.
  const exported = /export const (\w+) = (\w+);/g;
  const table = [...code.matchAll(exported)].flatMap(([, name = "", validate]) =>
    (sharedBy.get(name) ?? []).map((sharer) => `${sharer}: ${validate}`),
  );
  return selfContained(`${shorter(code.replaceAll(exported, ""))}\nexport const validators = { ${table} };`);
}

/**
 * Notes each of the 800 errors by one call, without the schema path that nobody reads: nearly half of what ajv writes, and each
 * cold start would read it.
 */
function shorter(code: string): string {
  const noting =
    /const (err\d+) = \{instancePath(?::(.+?))?,schemaPath:"[^"]*",keyword:("\w+"),params:(\{.*?\})\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;
  const call = (_: string, __: string, path = "instancePath", keyword: string, params: string) =>
    `vErrors = note(vErrors, ${path}, ${keyword}, ${params});errors++;`;
  return `${code.replaceAll(noting, call)}
    function note(errors, instancePath, keyword, params) {
      const error = { instancePath, keyword, params };
      if (errors === null) return [error];
      errors.push(error);
      return errors;
    }`;
}

interface Schema {
  properties: Record<string, { type?: string; minLength?: number }>;
}

/** A definition's schema with what `key` adds: required, and not empty. */
export function schemaOf(definition: Definition): object {
  const schema = structuredClone(definition.data) as Schema;
  for (const key of definition.key) {
    const property = schema.properties[key];
    if (property?.type === "string") property.minLength = 1;
  }
  return { ...schema, required: [...definition.key] };
}
