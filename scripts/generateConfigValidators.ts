// Compiles the JSON Schemas of the owner's documents in container `config` to self-contained code, and writes the schemas to
// docs/schemas, where an editor finds them.
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { autoReplies } from "../src/sms/autoReplies.ts";
import { selfContained } from "./selfContained.ts";

/** The generated files and their texts. */
export async function generateConfigValidators(): Promise<Record<string, string>> {
  const ajv = new Ajv({ allErrors: true, strict: true, code: { source: true, esm: true } });
  ajv.addSchema(autoReplies, "autoReplies");
  const schema = { $schema: "http://json-schema.org/draft-07/schema#", title: "auto-replies.json", ...autoReplies };
  return {
    "src/sms/generated/validateAutoReplies.js": await selfContained(
      standalone.default(ajv, { validateAutoReplies: "autoReplies" }),
    ),
    "docs/schemas/auto-replies.schema.json": `${JSON.stringify(schema, null, 2)}\n`,
  };
}
