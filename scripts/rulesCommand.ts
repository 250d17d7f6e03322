// What `npm run rules` does: tells which rule of auto-replies.json would answer a text, with what, and why; or whether the owner's
// documents are valid. Nothing is sent and nothing is written.
import { parseArgs } from "node:util";
import { settingOrDefault } from "../src/config.ts";
import { parseNumber } from "../src/events/parseNumber.ts";
import { ruleId } from "../src/rules/firstMatch.ts";
import type { AutoReplies } from "../src/sms/autoReplies.ts";
import { decide } from "../src/sms/deciding/decide.ts";
import { evaluateRules } from "../src/sms/deciding/evaluateRules.ts";
import { fixedText } from "../src/sms/deciding/renderReply.ts";
import { countSegments } from "../src/sms/deciding/segments.ts";
import { autoRepliesDocument } from "../src/sms/loadAutoReplies.ts";
import { optOutWord } from "../src/sms/optOut/optOutWords.ts";
import type { Text } from "../src/sms/text.ts";
import { checkDocuments } from "./checkDocuments.ts";
import { incomingCommand } from "./incomingCommand.ts";
import { lastValid } from "./lastValid.ts";
import { openDocument } from "./openDocument.ts";

const usage = `Usage: npm run rules -- --try TEXT --to NUMBER [--from NUMBER] [--at TIME] [--known] [--file FILE]
       npm run rules -- --check [--file FILE]                           auto-replies.json, incoming-calls.json, people.json
       npm run rules -- --incoming EVENT [--at TIME] [--file FILE]      calls that ring; --incoming alone says more

--to      the number of ours that is texted
--from    the sender; +14255550123 if left out
--at      when, e.g. 2026-12-25T10:00:00Z; now if left out
--known   the sender texted before; else this is the first contact
--file    a document on this machine; else that of container config in the storage account: AzureWebJobsStorage, or
          AzureWebJobsStorage__accountName with your Azure identity (az login), from the environment or local.settings.json.
          To --check, it is incoming-calls.json or people.json if its name or its $schema says so, else auto-replies.json

Exit code 1 if the document is not valid, 2 if it cannot be read or the options are wrong.`;

/** How the rules and an opt-out word get on. */
const aboutWord = {
  stop: "rules do not see it.",
  start: "rules see it only from a sender who had not opted out.",
  help: "a rule may answer it; the fallback does not.",
};

export interface Print {
  out(line: string): void;
  err(line: string): void;
}

/** Runs the command and gives its exit code: 0, 1 for a document that is not valid, 2 if it cannot be read or the options are wrong. */
export async function rulesCommand(args: string[], print: Print): Promise<0 | 1 | 2> {
  if (args.some((arg) => /^--incoming(=|$)/.test(arg))) return incomingCommand(args, print);
  try {
    const { text, known, file } = readOptions(args);
    if (!text) return await checkDocuments(file, print);
    const document = await openDocument(autoRepliesDocument, file, print);
    const inForce =
      document ?? (file === undefined ? await lastValid(autoRepliesDocument, "nothing is answered", print) : undefined);
    if (inForce) tryText(inForce, text, known, print);
    return document ? 0 : 1;
  } catch (error) {
    print.err(messageOf(error));
    return 2;
  }
}

function readOptions(args: string[]): { text?: Text; known: boolean; file?: string } {
  try {
    const string = { type: "string" } as const;
    const boolean = { type: "boolean" } as const;
    const { values } = parseArgs({
      args,
      options: { try: string, to: string, from: string, at: string, file: string, known: boolean, check: boolean },
    });
    const { try: message, at, file, known = false, check = false } = values;
    if (check === (message !== undefined)) throw new Error("Either --try or --check is expected.");
    const rest = { known, ...(file === undefined ? {} : { file }) };
    if (message === undefined) return rest;
    const receivedAt = at === undefined ? new Date() : new Date(at);
    if (Number.isNaN(receivedAt.getTime())) throw new Error("--at: a time such as 2026-12-25T10:00:00Z is expected.");
    const [to, from] = [number("--to", values.to), number("--from", values.from ?? "+14255550123")];
    return { ...rest, text: { messageId: "tried", from, to, message, receivedAt } };
  } catch (error) {
    throw new Error(`${messageOf(error)}\n\n${usage}`);
  }
}

function number(option: string, value = ""): string {
  const number = parseNumber(value);
  if (number === undefined) throw new Error(`${option}: a number such as +14255550123 or a short code is expected.`);
  return number;
}

function tryText(document: AutoReplies, text: Text, known: boolean, print: Print): void {
  const facts = { firstContact: !known, coolingDown: () => false };
  const replies = new Map(document.rules.map((rule, index) => [ruleId(rule, index), rule.reply]));
  replies.set("fallback", document.fallback);
  print.out(`${text.from} texts ${text.to} at ${text.receivedAt.toISOString()}${known ? "" : ", for the first time"}`);
  for (const { rule, fits, why } of evaluateRules(document, text, facts).trace) {
    const reply = replies.get(rule);
    const counted = reply === undefined ? "silence" : shortCount(fixedText(reply));
    print.out(`  ${fits ? "fits" : " -  "}  ${rule.padEnd(20)}  ${counted.padEnd(10)}  ${why}`);
  }

  const word = optOutWord(text.message);
  if (word) print.out(`${word.toUpperCase()} is an opt-out word: ${aboutWord[word]}`);
  // As it is when the word was just taken down.
  const state = word === "stop" ? ("out" as const) : ("in" as const);
  const change = { id: text.messageId, since: text.messageId, at: text.receivedAt, source: "text" as const };
  const decision = decide(text, document, {
    ...facts,
    now: text.receivedAt,
    senderIsOurs: false,
    optOut: word === "stop" || word === "start" ? { state, ...change } : undefined,
    shortCode: settingOrDefault("SHORT_CODE_OPT_OUT"),
    maxAgeMs: Number.POSITIVE_INFINITY,
  });
  if ("silence" in decision) {
    print.out(`Not answered: ${decision.silence}`);
    return;
  }
  const { characters, segments, encoding, units } = countSegments(decision.reply);
  print.out(
    `Answered by ${decision.rule}, ${characters} characters, ${segments} segment(s) in ${encoding} (${units} units):`,
  );
  print.out(decision.reply.replace(/^/gm, "  | "));
}

function shortCount(reply: string): string {
  const { segments, encoding } = countSegments(reply);
  return `${segments} x ${encoding}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
