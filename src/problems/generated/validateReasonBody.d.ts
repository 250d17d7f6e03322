import type { ValidateBody } from "../../http/validBody.ts";
import type { ReasonBody } from "../reading/reasonBody.ts";

export declare const validateReasonBody: ValidateBody<ReasonBody>;
