// The owner's document `auto-replies.json`: which text is answered with what.
import { type Static, Type } from "typebox";
import { openingHours, timeZone } from "../rules/openingHours.ts";

const strict = { additionalProperties: false };

/** Names are told from numbers by their first character, and from the ids of unnamed rules (rules/0) by having no slash. */
const name = { minLength: 1, maxLength: 64, pattern: "^\\p{L}[\\p{L}\\p{M}\\p{N} _-]*$" };
const named = Type.String(name);

/** Braces stand for themselves only when doubled, so that a misspelt placeholder is found before it is sent to somebody. */
const template = (description: string, ...examples: string[]) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 5000,
      pattern: "^([^{}]|\\{\\{|\\}\\}|\\{(from|to|message|time|keyword)\\})*$",
      description: `${description} {from}, {to}, {message}, {time} and {keyword} are filled in; {{ and }} are braces. At most 2048 characters of its own.`,
      examples,
    }),
  );

const words = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 5000, description: `${description} Sent as it is.` }));

const numbers = (description: string, ...examples: string[][]) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, description, examples }));

const hoursName = (description: string) => Type.Optional(Type.String({ ...name, description, examples: ["office"] }));

const conditions = {
  to: numbers("Only texts to one of these numbers of ours, or lists of numbers.", ["+18335550100"]),
  from: numbers("Only texts from one of these numbers, or lists of numbers.", ["staff", "+14255550123"]),
  notFrom: numbers("No texts from one of these numbers, or lists of numbers.", ["blocked"]),
  keywords: Type.Optional(
    Type.Array(Type.String({ pattern: "[\\p{L}\\p{N}\\p{Extended_Pictographic}\\p{Regional_Indicator}]" }), {
      minItems: 1,
      description:
        "Only texts that hold one of these words, phrases or emoji. Letter case, diacritics and punctuation do not count.",
      examples: [["hours", "opening hours", "営業時間", "🕘"]],
    }),
  ),
  match: Type.Optional(
    Type.Enum(["message", "word", "start"], {
      description:
        "Where a keyword is looked for. word (the default): as whole words, one after the other, anywhere. message: it is the whole text. start: the text begins with its characters.",
    }),
  ),
  open: hoursName("Only texts that come during these hours."),
  closed: hoursName("Only texts that come outside these hours."),
  firstContact: Type.Optional(
    Type.Literal(true, { description: "Only the first text of a sender to this number of ours." }),
  ),
};

const rule = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        ...name,
        description: "What the rule is called in logs and records. Give one to a rule with coolDownMinutes.",
        examples: ["opening hours"],
      }),
    ),
    ...conditions,
    coolDownMinutes: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 525_600,
        description: "For so long after this rule answered a sender, it meets their texts with silence.",
        examples: [60],
      }),
    ),
    reply: template("What is sent.", "We are open from 9 to 5, Monday to Friday."),
    answer: Type.Optional(Type.Literal(false, { description: "Texts that fit are not answered. In place of reply." })),
  },
  {
    ...strict,
    description:
      "Fits a text for which all its conditions hold; without conditions, every text. Has reply or answer: false.",
    oneOf: [
      { required: ["reply"], properties: { reply: {} } },
      { required: ["answer"], properties: { answer: {} } },
    ],
  },
);

export const autoReplies = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: "Where an editor finds this schema." })),
    timeZone: timeZone("Time zone (IANA) of {time}, and of hours that name none. UTC if left out."),
    hours: Type.Optional(
      Type.Record(named, openingHours, {
        ...strict,
        description: "Opening hours, by name.",
        examples: [{ office: { monday: ["09:00-17:00"], friday: ["09:00-12:30"], holidays: ["12-25"] } }],
      }),
    ),
    lists: Type.Optional(
      Type.Record(named, Type.Array(Type.String({ minLength: 1, maxLength: 64 })), {
        ...strict,
        description: "Lists of numbers, by name.",
        examples: [{ staff: ["+14255550123", "+14255550124"] }],
      }),
    ),
    rules: Type.Array(rule, { description: "Tried in order; the first rule that fits counts." }),
    fallback: template("What is sent when no rule fits; nothing if left out.", "Thank you. We will call you back."),
    optOut: Type.Optional(
      Type.Object(
        {
          stopReply: words("The confirmation of STOP and its like."),
          startReply: words("The confirmation of START and its like."),
          helpReply: words("The answer to HELP and its like."),
        },
        { ...strict, description: "Answers to opt-out words, where the app answers them. There are built-in ones." },
      ),
    ),
  },
  { ...strict, description: "Automatic answers to text messages." },
);

export type AutoReplies = Static<typeof autoReplies>;
export type AutoReplyRule = AutoReplies["rules"][number];

/** In force until the owner writes a document. */
export const defaultAutoReplies: AutoReplies = {
  rules: [
    { keywords: ["help", "info"], reply: "This number is answered automatically. Reply STOP to end all messages." },
  ],
  fallback: "Thank you for your message. We have received it and will get back to you.",
};
