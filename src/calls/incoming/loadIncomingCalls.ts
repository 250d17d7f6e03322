import { type ConfigDocument, configDocument } from "../../rules/configDocument.ts";
import { checkIncomingCalls } from "./checkIncomingCalls.ts";
import { explainSchemaError } from "./explainSchemaError.ts";
import type { IncomingCalls } from "./incomingCalls.ts";

/** The owner's document `incoming-calls.json`. */
export const incomingCallsDocument: ConfigDocument<IncomingCalls> = {
  name: "incoming-calls.json",
  async kind() {
    const { validateIncomingCalls: validate } = await import("./generated/validateIncomingCalls.js");
    return { validate, check: checkIncomingCalls, explain: explainSchemaError };
  },
  // Without rules every call rings on.
  fallback: { rules: [] },
};

/** The incoming-call rules in force. */
export const loadIncomingCalls = configDocument(incomingCallsDocument);
