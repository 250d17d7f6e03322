import type { ValidateBody } from "../../http/validBody.ts";

export declare const validateAliasesBody: ValidateBody<{ aliases: string[] }>;
