import type { SchemaError } from "../../rules/parseDocument.ts";
import type { AutoReplies } from "../autoReplies.ts";

export declare const validateAutoReplies: {
  (value: unknown): value is AutoReplies;
  errors?: SchemaError[] | null;
};
