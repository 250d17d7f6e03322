import type { ValidateBody } from "../../http/validBody.ts";
import type { StartBody } from "../control/startBody.ts";

export declare const validateStartBody: ValidateBody<StartBody>;
