import { type ConfigDocument, configDocument } from "../rules/configDocument.ts";
import type { AutoReplies } from "./autoReplies.ts";
import { checkAutoReplies } from "./deciding/checkAutoReplies.ts";
import { explainSchemaError } from "./deciding/explainSchemaError.ts";
import { defaultAutoReplies } from "./defaultAutoReplies.ts";
import { validateAutoReplies } from "./generated/validateAutoReplies.js";

/** The owner's document `auto-replies.json`. */
export const autoRepliesDocument: ConfigDocument<AutoReplies> = {
  name: "auto-replies.json",
  validate: validateAutoReplies,
  check: checkAutoReplies,
  explain: explainSchemaError,
  fallback: defaultAutoReplies,
};

/** The auto-reply rules in force. */
export const loadAutoReplies = configDocument(autoRepliesDocument);
