// The owner's document `incoming-calls.json`: what is done with a call that rings.
import type { Static } from "typebox";
import * as Type from "typebox";
import { entries, hours, hoursName, lists, ruleName, strict } from "../../rules/documentParts.ts";
import { timeZone } from "../../rules/openingHours.ts";
import { callerKinds } from "./party.ts";

/** Raw ids of Teams users and of apps are long. */
const longest = 256;

const conditions = {
  to: entries("Only calls to one of these numbers or raw ids, or lists of them.", longest, ["+18335550100"]),
  from: entries("Only calls from one of these numbers or raw ids, or lists of them.", longest, [
    "staff",
    "+14255550123",
  ]),
  notFrom: entries("No calls from one of these numbers or raw ids, or lists of them.", longest, ["blocked"]),
  callerKind: Type.Optional(
    Type.Array(Type.Enum(callerKinds), {
      minItems: 1,
      description:
        "Only calls of such callers. anonymous: a withheld number. teamsExtensionUser: a user of Teams Phone extensibility.",
      examples: [["phoneNumber", "communicationUser"]],
    }),
  ),
  open: hoursName("Only calls that come during these hours."),
  closed: hoursName("Only calls that come outside these hours."),
  headers: Type.Optional(
    Type.Record(
      Type.String({ minLength: 1, maxLength: 256 }),
      Type.Unsafe<string | string[]>({ type: ["string", "array"], minItems: 1, items: { type: "string" } }),
      {
        minProperties: 1,
        description:
          "Only calls that came with these headers, each with this value or one of these: User-To-User and X-MS-Custom-… of SIP, and the headers of a VoIP caller. Letter case counts in values, not in names.",
        examples: [{ "X-MS-Custom-department": ["sales", "billing"] }],
      },
    ),
  ),
};

const actions = {
  redirect: Type.Optional(
    Type.Object(
      {
        to: Type.String({
          minLength: 1,
          maxLength: longest,
          description: "A number with + and country code, or the raw id of a user.",
          examples: ["+14255550123", "8:acs:5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42_0000001a-7c2e-4b19-8d40-3f5a1c0002aa"],
        }),
      },
      { ...strict, description: "The call rings there instead." },
    ),
  ),
  reject: Type.Optional(
    Type.Enum(["none", "busy", "forbidden"], { description: "The call ends at once, for this reason." }),
  ),
  answer: Type.Optional(
    Type.Literal(true, {
      description: "The app answers, and keeps what Call Automation tells of the call (/api/callbacks/calls).",
    }),
  ),
  ignore: Type.Optional(Type.Literal(true, { description: "Nothing is done: the call rings where it rings." })),
};

const rule = Type.Object(
  { name: ruleName("What the rule is called in logs and records.", "after hours"), ...conditions, ...actions },
  {
    ...strict,
    description:
      "Fits a call for which all its conditions hold; without conditions, every call. Has one of redirect, reject, answer and ignore.",
    oneOf: Object.keys(actions).map((action) => ({ required: [action], properties: { [action]: {} } })),
  },
);

export const incomingCalls = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: "Where an editor finds this schema." })),
    timeZone: timeZone("Time zone (IANA) of hours that name none. UTC if left out."),
    hours,
    lists: lists("Lists of numbers and raw ids, by name.", longest, { staff: ["+14255550123", "+14255550124"] }),
    rules: Type.Array(rule, {
      description: "Tried in order; the first rule that fits counts. A call that none fits is ignored.",
    }),
  },
  { ...strict, description: "What is done with calls that ring." },
);

export type IncomingCalls = Static<typeof incomingCalls>;
export type IncomingCallRule = IncomingCalls["rules"][number];
