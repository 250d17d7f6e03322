// Settings of texts.
import { count, duration, flag, onOff, type Setting, spanOf } from "./settingKinds.ts";

export const smsSettings = {
  AUTO_REPLY: onOff("on: received texts are answered by the rules of config/auto-replies.json."),
  REPLY_UNCERTAIN_AFTER: duration(
    "00:15:00",
    "Age (hh:mm:ss, or seconds) from which a text that may have been sent, and was never confirmed, is not sent again.",
  ),
  AUTO_REPLY_MAX_PER_HOUR: count(
    10,
    "How many automatic replies one sender gets from one of our numbers within an hour, up to 250; 0 = none.",
  ),
  AUTO_REPLY_MAX_AGE_MINUTES: spanOf(
    "minutes",
    60,
    "A text that is older than this, in minutes, when its reply is due is not answered: it was delivered late.",
  ),
  AUTO_REPLY_REPEAT_MINUTES: spanOf(
    "minutes",
    10,
    "A text that repeats the words of one that was answered is not answered for so many minutes.",
  ),
  SMS_MAX_PER_DAY: count(
    1000,
    "How many texts are sent in a day (UTC), automatic and by hand; a problem is raised when they are spent.",
  ),
  SMS_TIMEOUT: duration(
    "00:00:30",
    "How long (hh:mm:ss, or seconds; 1 to 240) an answer of ACS to a text or an opt-out is waited for.",
    [1, 240],
  ),
  DELIVERY_REPORT_TIMEOUT_MINUTES: spanOf(
    "minutes",
    720,
    "How long the delivery report of a text is waited for, in minutes (1 to 7200), before the text counts as unconfirmed.",
    [1, 7200],
  ),
  SHORT_CODE_OPT_OUT: {
    default: "acs",
    meaning: "Who answers STOP, START and HELP that are sent to a short code: acs, or app (this app).",
    parse: (value: string): "acs" | "app" => {
      const who = (["acs", "app"] as const).find((one) => one === value.toLowerCase());
      if (!who) throw new Error("acs or app is expected");
      return who;
    },
  },
  ACS_OPT_OUT_SYNC: flag("true: opt-outs are also kept at ACS, which then blocks texts to them."),
  HASH_KEY: {
    default: "",
    meaning:
      "Key (32 characters or more) of the hashes under which opt-outs are kept; empty = one that the app makes and keeps in its ledger. It cannot be changed.",
    parse: (value: string) => {
      if (value && value.length < 32) throw new Error("32 characters or more are expected");
      return value;
    },
  },
} satisfies Record<string, Setting<unknown>>;
