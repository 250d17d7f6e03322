import { createHash } from "node:crypto";
import { settingOrDefault } from "../../config.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { read, type WorkKey } from "../../storage/ledger.ts";
import type { Text } from "../text.ts";
import { type Gate, type Limits, openGate, pass } from "./gate.ts";

/** A gate as JSON. */
type GateRow = { passed: string; cooling: string };

/** Confirmations of a STOP in an hour beyond the limit of replies. */
const stopsBeyond = 5;

/** Characters of a text that are compared. */
const compared = 2048;

/** The gate between a number of ours and one of theirs. */
export async function readGate({ to, from }: Text): Promise<Gate> {
  return gateOf((await read<GateRow>(gateKey(to, from)))?.row);
}

/**
 * Takes the reply to a text through the gate.
 * @returns why it may not pass; undefined when it may
 */
export async function passGate(
  { to, from, message }: Text,
  reply: { id: string; rule: string; coolDownMs: number; by: "rule" | "optOut" },
): Promise<string | undefined> {
  const isStop = reply.by === "optOut" && reply.rule === "stop";
  const limits: Limits = {
    // The confirmation of a STOP is owed to who was texted much, but not to a machine that changes its mind for ever.
    perHour: settingOrDefault("AUTO_REPLY_MAX_PER_HOUR") + (isStop ? stopsBeyond : 0),
    repeatMs: settingOrDefault("AUTO_REPLY_REPEAT_MINUTES"),
  };
  const { by, ...passage } = reply;
  // A change from STOP to START and back is no repetition.
  const words = by === "rule" || reply.rule === "help" ? { words: hashOf(message) } : {};
  let refused: string | undefined;
  await changeRow<GateRow>(gateKey(to, from), (row) => {
    const before = gateOf(row);
    const after = pass(before, { ...passage, ...words, at: Date.now() }, limits);
    refused = "refused" in after ? after.refused : undefined;
    if ("refused" in after || after === before) return undefined;
    return { passed: JSON.stringify(after.passed), cooling: JSON.stringify(after.cooling) };
  });
  return refused;
}

function gateKey(ourNumber: string, theirNumber: string): WorkKey {
  return ["gate", ourNumber, theirNumber];
}

function gateOf(row: GateRow | undefined): Gate {
  return row ? { passed: JSON.parse(row.passed), cooling: JSON.parse(row.cooling) } : openGate;
}

/** Letter case and spaces do not make other words. */
function hashOf(message: string): string {
  const words = message.slice(0, compared).normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ");
  return createHash("sha256").update(words).digest("base64url").slice(0, 16);
}
