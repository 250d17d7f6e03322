import type { Static } from "typebox";
import * as Type from "typebox";

/** POST /api/problems/{id}/replay. */
export const replayBody = Type.Object(
  {
    commit: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.String({ maxLength: 500, pattern: "^[^\\p{Cc}\\p{Zl}\\p{Zp}]*$" })),
  },
  { additionalProperties: false },
);

export type ReplayBody = Static<typeof replayBody>;
