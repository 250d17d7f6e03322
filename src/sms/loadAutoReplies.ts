import { configDocument } from "../rules/configDocument.ts";
import { defaultAutoReplies } from "./autoReplies.ts";
import { validateAutoReplies } from "./generated/validateAutoReplies.js";

/** The auto-reply rules in force. */
export const loadAutoReplies = configDocument({
  name: "auto-replies.json",
  validate: validateAutoReplies,
  fallback: defaultAutoReplies,
});
