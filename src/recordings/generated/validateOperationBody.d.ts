import type { ValidateBody } from "../../http/validBody.ts";
import type { OperationBody } from "../control/startBody.ts";

export declare const validateOperationBody: ValidateBody<OperationBody>;
