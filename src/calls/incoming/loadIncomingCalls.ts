import { type ConfigDocument, configDocument } from "../../rules/configDocument.ts";
import { checkIncomingCalls } from "./checkIncomingCalls.ts";
import { explainSchemaError } from "./explainSchemaError.ts";
import { validateIncomingCalls } from "./generated/validateIncomingCalls.js";
import type { IncomingCalls } from "./incomingCalls.ts";

/** The owner's document `incoming-calls.json`. */
export const incomingCallsDocument: ConfigDocument<IncomingCalls> = {
  name: "incoming-calls.json",
  validate: validateIncomingCalls,
  check: checkIncomingCalls,
  explain: explainSchemaError,
  // Without rules every call rings on.
  fallback: { rules: [] },
};

/** The incoming-call rules in force. */
export const loadIncomingCalls = configDocument(incomingCallsDocument);
