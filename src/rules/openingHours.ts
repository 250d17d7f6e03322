// Named opening hours of the owner's documents; what they mean is in isOpen.ts.
import type { Static } from "typebox";
import * as Type from "typebox";

/** The schema of a time zone's name. */
export const timeZone = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, description, examples: ["Europe/Berlin", "America/New_York"] }));

const day = Type.Optional(
  Type.Array(Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$" }), {
    description:
      "When it is open, from-to by the clock on the wall. A range that ends before it begins passes midnight and belongs to the day it begins on. A day that is left out is closed.",
    examples: [["09:00-12:30", "13:30-17:00"], ["22:00-02:00"], ["00:00-24:00"]],
  }),
);

export const openingHours = Type.Object(
  {
    timeZone: timeZone("Time zone (IANA) of these hours; that of the document if left out."),
    ...{ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
    holidays: Type.Optional(
      Type.Array(Type.String({ pattern: "^(\\d{4}-)?\\d\\d-\\d\\d$" }), {
        description: "Days on which it does not open: a date, or month and day for every year.",
        examples: [["2026-04-03", "12-25"]],
      }),
    ),
  },
  { additionalProperties: false, description: "Opening hours." },
);

export type OpeningHours = Static<typeof openingHours>;
