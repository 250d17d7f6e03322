// The owner's document `auto-replies.json`: which text is answered with what.
import { type Static, Type } from "typebox";

export const autoReplies = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: "Where an editor finds this schema." })),
    rules: Type.Array(
      Type.Object(
        {
          keywords: Type.Array(Type.String({ pattern: "[\\p{L}\\p{N}]" }), {
            minItems: 1,
            description: "The rule answers a text that holds one of these as a whole word. Letter case is ignored.",
            examples: [["hours", "open"]],
          }),
          reply: Type.String({ minLength: 1, maxLength: 2048, description: "What is sent." }),
        },
        { additionalProperties: false },
      ),
      { description: "Tried in order; the first rule that fits answers." },
    ),
    fallback: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2048,
        description: "What is sent when no rule fits; nothing if left out.",
      }),
    ),
  },
  { additionalProperties: false, description: "Automatic answers to text messages." },
);

export type AutoReplies = Static<typeof autoReplies>;

/** In force until the owner writes a document. */
export const defaultAutoReplies: AutoReplies = {
  rules: [
    { keywords: ["help", "info"], reply: "This number is answered automatically. Reply STOP to end all messages." },
  ],
  fallback: "Thank you for your message. We have received it and will get back to you.",
};
