// The owner's document `auto-replies.json`: which text is answered with what.
import type { Static } from "typebox";
import * as Type from "typebox";
import { entries, hours, hoursName, lists, ruleName, strict } from "../rules/documentParts.ts";
import { timeZone } from "../rules/openingHours.ts";

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

const conditions = {
  to: entries("Only texts to one of these numbers of ours, or lists of numbers.", 64, ["+18335550100"]),
  from: entries("Only texts from one of these numbers, or lists of numbers.", 64, ["staff", "+14255550123"]),
  notFrom: entries("No texts from one of these numbers, or lists of numbers.", 64, ["blocked"]),
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
    name: ruleName(
      "What the rule is called in logs and records. Give one to a rule with coolDownMinutes.",
      "opening hours",
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
    hours,
    lists: lists("Lists of numbers, by name.", 64, { staff: ["+14255550123", "+14255550124"] }),
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
