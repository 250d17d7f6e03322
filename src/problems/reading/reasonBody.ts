// The body of the requests by which a person dismisses or reopens a problem.
import type { Static } from "typebox";
import * as Type from "typebox";

export const reasonBody = Type.Object(
  {
    reason: Type.String({
      minLength: 1,
      maxLength: 1024,
      pattern: "^[^\\p{Cc}\\p{Zl}\\p{Zp}]*$",
      description: "Why; kept with the problem and shown.",
    }),
  },
  { additionalProperties: false },
);

export type ReasonBody = Static<typeof reasonBody>;
