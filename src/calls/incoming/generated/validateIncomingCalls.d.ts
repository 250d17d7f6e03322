import type { SchemaError } from "../../../rules/parseDocument.ts";
import type { IncomingCalls } from "../incomingCalls.ts";

export declare const validateIncomingCalls: {
  (value: unknown): value is IncomingCalls;
  errors?: SchemaError[] | null;
};
