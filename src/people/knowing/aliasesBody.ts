import * as Type from "typebox";
import { strict } from "../../rules/documentParts.ts";

/** PUT /api/people/{identifier}/aliases. */
export const aliasesBody = Type.Object(
  { aliases: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 50 }) },
  strict,
);
