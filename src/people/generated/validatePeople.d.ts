import type { SchemaError } from "../../rules/parseDocument.ts";
import type { People } from "../knowing/people.ts";

export declare const validatePeople: {
  (value: unknown): value is People;
  errors?: SchemaError[] | null;
};
