// Compiles the JSON Schemas of documents that are no events to self-contained code, and writes those of the owner's documents in
// container `config` to docs/schemas, where an editor finds them.
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { incomingCalls } from "../src/calls/incoming/incomingCalls.ts";
import { aliasesBody } from "../src/people/knowing/aliasesBody.ts";
import { people } from "../src/people/knowing/people.ts";
import { reasonBody } from "../src/problems/reading/reasonBody.ts";
import { replayBody } from "../src/problems/replay/replayBody.ts";
import { conversationStartBody, operationBody, startBody } from "../src/recordings/control/startBody.ts";
import { recordingMetadata } from "../src/recordings/manifest/recordingMetadata.ts";
import { autoReplies } from "../src/sms/autoReplies.ts";
import { sendBody } from "../src/sms/byHand/sendBody.ts";
import { selfContained } from "./selfContained.ts";

/** Each generated validator, and the schema that it is made from. */
const validators = {
  "src/calls/incoming/generated/validateIncomingCalls.js": incomingCalls,
  "src/problems/generated/validateReasonBody.js": reasonBody,
  "src/people/generated/validateAliasesBody.js": aliasesBody,
  "src/people/generated/validatePeople.js": people,
  "src/problems/generated/validateReplayBody.js": replayBody,
  "src/sms/generated/validateAutoReplies.js": autoReplies,
  "src/sms/generated/validateSendBody.js": sendBody,
  "src/recordings/generated/validateConversationStartBody.js": conversationStartBody,
  "src/recordings/generated/validateOperationBody.js": operationBody,
  "src/recordings/generated/validateRecordingMetadata.js": recordingMetadata,
  "src/recordings/generated/validateStartBody.js": startBody,
};

/** Those that an owner writes. */
const published = { "auto-replies": autoReplies, "incoming-calls": incomingCalls, people };

/** The generated files and their texts. */
export async function generateConfigValidators(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [path, schema] of Object.entries(validators)) {
    const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, code: { source: true, esm: true } });
    ajv.addSchema(schema, "schema");
    const name = /(\w+)\.js$/.exec(path)?.[1] ?? "";
    files[path] = await selfContained(standalone.default(ajv, { [name]: "schema" }));
  }
  for (const [name, schema] of Object.entries(published)) {
    const shown = { $schema: "http://json-schema.org/draft-07/schema#", title: `${name}.json`, ...schema };
    files[`docs/schemas/${name}.schema.json`] = `${JSON.stringify(shown, null, 2)}\n`;
  }
  return files;
}
