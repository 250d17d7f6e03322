import type { ValidateBody } from "../../http/validBody.ts";
import type { SendBody } from "../byHand/sendBody.ts";

export declare const validateSendBody: {
  (value: unknown): value is SendBody;
  errors?: SchemaError[] | null;
};
