// The owner's document `people.json`: which identifiers are which user of the owner's.
import type { Static } from "typebox";
import * as Type from "typebox";
import { strict } from "../../rules/documentParts.ts";

/** As personNamed.ts takes them. */
const longest = 256;

const one = Type.Object(
  {
    id: Type.String({
      minLength: 1,
      maxLength: longest,
      description: "Your own id of the user. It has a letter, so that no number can be taken for it.",
      examples: ["owner-42"],
    }),
    identifiers: Type.Array(Type.String({ minLength: 1, maxLength: longest }), {
      maxItems: 90,
      description: "Raw ids, phone numbers with country code and e-mail addresses of this user, and of nobody else.",
      examples: [["8:acs:5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42_0000001a-7c2e-4b19-8d40-3f5a1c0002aa", "+14255550123"]],
    }),
  },
  strict,
);

export const people = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: "Where an editor finds this schema." })),
    people: Type.Array(one, { description: "Your users. Each identifier stands at one of them." }),
  },
  { ...strict, description: "Which identifiers are which of your users." },
);

export type People = Static<typeof people>;
