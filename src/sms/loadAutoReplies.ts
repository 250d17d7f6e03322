import { type ConfigDocument, configDocument } from "../rules/configDocument.ts";
import type { AutoReplies } from "./autoReplies.ts";
import { checkAutoReplies } from "./deciding/checkAutoReplies.ts";
import { explainSchemaError } from "./deciding/explainSchemaError.ts";
import { defaultAutoReplies } from "./defaultAutoReplies.ts";

/** The owner's document `auto-replies.json`. */
export const autoRepliesDocument: ConfigDocument<AutoReplies> = {
  name: "auto-replies.json",
  async kind() {
    // Files that import nothing of the app: each stays one file in the bundle.
    const [{ validateAutoReplies: validate }, { countSegments }] = await Promise.all([
      import("./generated/validateAutoReplies.js"),
      import("./deciding/segments.ts"),
    ]);
    return { validate, check: (document) => checkAutoReplies(document, countSegments), explain: explainSchemaError };
  },
  fallback: defaultAutoReplies,
};

/** The auto-reply rules in force. */
export const loadAutoReplies = configDocument(autoRepliesDocument);
