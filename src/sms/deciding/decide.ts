// Whether and what to answer to a text. Pure: the same text, document and situation give the same decision.
import { isE164 } from "../../events/phoneNumber.ts";
import { shortId } from "../../storage/keys.ts";
import type { AutoReplies } from "../autoReplies.ts";
import { numberKind } from "../numberKind.ts";
import { answeredElsewhere } from "../optOut/answeredElsewhere.ts";
import type { OptOutState } from "../optOut/optOutState.ts";
import { optOutWord } from "../optOut/optOutWords.ts";
import type { Text } from "../text.ts";
import { evaluateRules, type Facts } from "./evaluateRules.ts";

export interface Situation extends Facts {
  now: Date;
  /** The sender is a number of ours. */
  senderIsOurs: boolean;
  /** What the sender last said to this number of ours; undefined for nothing. */
  optOut: OptOutState | undefined;
  /** Who answers the opt-out words sent to a short code. */
  shortCode: "acs" | "app";
  /** An older text is not answered; milliseconds. */
  maxAgeMs: number;
}

export type Decision =
  | { reply: string; by: "rule" | "optOut"; rule: string; coolDownMs: number }
  /** Why not; without personal data. */
  | { silence: string; rule?: string };

/** What a STOP, a START and a HELP are answered with, unless the owner has other words. */
const optOutReplies = {
  stop: "You will get no more messages from this number. Reply START to get them again.",
  start: "You will get messages from this number again. Reply STOP to end them.",
  help: "This number is answered automatically. Reply STOP to get no more messages.",
};

export function decide(text: Text, document: AutoReplies, situation: Situation): Decision {
  const refused = whyNever(text, situation);
  if (refused) return { silence: refused };
  const word = optOutWord(text.message);
  if (word && answeredElsewhere(numberKind(text.to), word, situation.shortCode)) {
    return { silence: `${word} is answered by the carrier or by ACS` };
  }
  const { optOut } = situation;
  const say = (kind: "stop" | "start" | "help"): Decision => {
    const reply = document.optOut?.[`${kind}Reply`] ?? optOutReplies[kind];
    return { reply, by: "optOut", rule: kind, coolDownMs: 0 };
  };
  // Each change is confirmed once, by the text that brought it about.
  const changed = optOut?.since === shortId(text.messageId);
  if (word === "stop") return changed && optOut?.state === "out" ? say("stop") : { silence: "opted out already" };
  if (optOut?.state === "out") return { silence: "the sender opted out" };
  if (word === "start" && changed) return say("start");

  const found = evaluateRules(document, text, situation);
  const byRule = found.rule !== undefined && found.rule !== "fallback";
  if (word === "help" && !byRule) return say("help");
  if (found.outcome === "silence") return { silence: found.reason, ...(found.rule && { rule: found.rule }) };
  return { reply: found.reply, by: "rule", rule: found.rule, coolDownMs: found.coolDownMs };
}

/** The guards that no rule overrules. */
function whyNever({ from, to, receivedAt }: Text, { now, senderIsOurs, maxAgeMs }: Situation): string | undefined {
  if (from === to || senderIsOurs) return "the sender is a number of ours";
  if (!isE164(from)) return "the sender is a short code or a name";
  if (now.getTime() - receivedAt.getTime() > maxAgeMs) return "the text came too late";
  return undefined;
}
