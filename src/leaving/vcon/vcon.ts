// A vCon as it is written here: the unsigned form of draft-ietf-vcon-vcon-core-04 (7 September 2026), as far as it is used. Stricter than the
// draft where that is more lenient; each rule names its section. https://www.ietf.org/archive/id/draft-ietf-vcon-vcon-core-04.txt
import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe } from "../schemas/parts.ts";

/** 2.2, Date: RFC 3339 as JMAP has it (RFC 8620, 1.4): no fraction of seconds that is zero. */
const date = Type.String({
  description: "2.2",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d*[1-9])?Z$",
});

/** 4.2, 4.3: parties and dialogs are named by their index. */
const index = Type.Integer({ minimum: 0 });

/** 2.2, ContentHash; 2.4.2: SHA-512 is supported by all. */
const contentHash = Type.String({ description: "2.4.2", pattern: "^sha512-[\\w-]{86}$" });

/** 4.3.4: by channel, where channels are apart; null is one that nobody was recorded on. */
const partiesOfChannels = Type.Array(Type.Union([index, Type.Array(index), Type.Null()]));

const party = closed("4.2", {
  tel: maybe(Type.String({ description: "4.2.1", pattern: "^\\+[1-9]\\d{6,14}$" })),
  name: maybe(Type.String({ description: "4.2.5" })),
  validation: maybe(Type.Literal("none", { description: "4.2.7: nobody checked the name" })),
  uuid: maybe(Type.String({ description: "4.2.10: free form; the raw id of ACS" })),
  type: maybe(Type.Literal("bot", { description: "4.2.11" })),
});

const partyHistory = Type.Array(
  closed("4.3.13.1", {
    party: index,
    time: date,
    event: Type.Union([Type.Literal("join"), Type.Literal("drop")]),
  }),
);

/** What a dialog of any type may have: 4.3.1.6. */
const common = {
  start: maybe(date),
  duration: maybe(Type.Number({ description: "4.3.3: seconds", minimum: 0 })),
  originator: maybe(index),
  party_history: maybe(partyHistory),
  application: maybe(Type.String({ description: "4.3.15" })),
};

const recordingSet = closed("4.3.1.2: the call, of recordings that are apart", {
  ...common,
  type: Type.Literal("recording-set"),
  parties: Type.Array(index),
  recordings: Type.Array(index, { description: "4.3.6" }),
});

const recorded = closed("4.3.1.1; without content, a placeholder: 4.3", {
  ...common,
  type: Type.Literal("recording"),
  parties: maybe(Type.Union([Type.Array(index), partiesOfChannels])),
  recording_set: maybe(index),
  mediatype: maybe(Type.String({ description: "4.3.8", pattern: "^\\w+/[\\w.+-]+$" })),
  filename: maybe(Type.String({ description: "4.3.9" })),
  url: maybe(Type.String({ description: "2.4.1", pattern: "^https://" })),
  content_hash: maybe(contentHash),
});

const text = closed("4.3.1.3", {
  ...common,
  type: Type.Literal("text"),
  parties: Type.Array(index),
  mediatype: maybe(Type.Union([Type.Literal("text/plain"), Type.Literal("text/html")])),
  body: maybe(Type.String({ description: "2.3.1" })),
  encoding: maybe(Type.Literal("none", { description: "2.3.2" })),
  message_id: maybe(Type.String({ description: "4.3.16" })),
});

const incomplete = closed("4.3.1.5: a call that came to nothing", {
  ...common,
  type: Type.Literal("incomplete"),
  parties: maybe(Type.Array(index)),
  disposition: Type.Union([Type.Literal("failed"), Type.Literal("busy"), Type.Literal("no-answer")], {
    description: "4.3.11",
  }),
});

/** 2.4: what is kept elsewhere is named with its hash. 2.3: what is within, with its encoding; 4.3.8: and its media type. */
const dialog = Type.Union([recordingSet, recorded, text, incomplete]);

const attachment = closed("4.4", {
  purpose: Type.String({ description: "4.4.1" }),
  start: date,
  party: index,
  dialog: index,
  mediatype: Type.Literal("application/json"),
  body: Type.Unknown({ description: "2.3.1" }),
  encoding: Type.Literal("json", { description: "2.3.2" }),
});

export const vcon = closed("4.1: a vCon of a call, a chat thread or a text conversation", {
  vcon: Type.Literal("0.4.0", { description: "4.1.1" }),
  uuid: Type.String({
    description: "4.1.2: version 8",
    pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
  }),
  created_at: date,
  updated_at: maybe(date),
  subject: maybe(Type.String({ description: "4.1.7" })),
  dialog: Type.Array(dialog),
  attachments: Type.Array(attachment),
  parties: Type.Array(party),
});

export type Vcon = Static<typeof vcon>;
export type Dialog = Static<typeof dialog>;
export type Attachment = Static<typeof attachment>;
export type VconParty = Static<typeof party>;
