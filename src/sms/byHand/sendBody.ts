// The body of `POST /api/sms`.
import type { Static } from "typebox";
import * as Type from "typebox";

export const sendBody = Type.Object(
  {
    from: Type.String({
      minLength: 1,
      maxLength: 40,
      description: "A number of the resource, or its name as a sender.",
    }),
    to: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), {
      minItems: 1,
      maxItems: 100,
      description: "Phone numbers with their country codes.",
    }),
    message: Type.String({ minLength: 1, description: "At most 2048 characters." }),
  },
  { additionalProperties: false },
);

export type SendBody = Static<typeof sendBody>;
