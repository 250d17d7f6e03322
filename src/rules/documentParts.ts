// Parts of the owner's documents that all of them have: names, lists, opening hours.
import * as Type from "typebox";
import { openingHours } from "./openingHours.ts";

export const strict = { additionalProperties: false };

/** Names are told from numbers by their first character, and from the ids of unnamed rules (rules/0) by having no slash. */
const name = { minLength: 1, maxLength: 64, pattern: "^\\p{L}[\\p{L}\\p{M}\\p{N} _-]*$" };
const named = Type.String(name);

/** A rule's name. */
export const ruleName = (description: string, ...examples: string[]) =>
  Type.Optional(Type.String({ ...name, description, examples }));

/** The name of opening hours. */
export const hoursName = (description: string) =>
  Type.Optional(Type.String({ ...name, description, examples: ["office"] }));

/** Numbers and the like, or names of lists. */
export const entries = (description: string, longest: number, ...examples: string[][]) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: longest }), { minItems: 1, description, examples }));

export const hours = Type.Optional(
  Type.Record(named, openingHours, {
    ...strict,
    description: "Opening hours, by name.",
    examples: [{ office: { monday: ["09:00-17:00"], friday: ["09:00-12:30"], holidays: ["12-25"] } }],
  }),
);

export const lists = (description: string, longest: number, example: Record<string, string[]>) =>
  Type.Optional(
    Type.Record(named, Type.Array(Type.String({ minLength: 1, maxLength: longest })), {
      ...strict,
      description,
      examples: [example],
    }),
  );
