import { shortId } from "../../storage/keys.ts";
import type { Text } from "../text.ts";
import { optOutWord } from "./optOutWords.ts";
import { takeOptOut } from "./takeOptOut.ts";

/**
 * Notes a received STOP or START, and has ACS told of it where that is wanted; any other text costs nothing. It can be done twice, at
 * once with others, and in any order.
 * @throws only what a retry may cure: storage down
 */
export async function noteOptOutWord({ messageId, from, to, message, receivedAt }: Text): Promise<void> {
  const word = optOutWord(message);
  if (word !== "stop" && word !== "start") return;
  await takeOptOut(
    { ourNumber: to, theirNumber: from },
    { state: word === "stop" ? "out" : "in", at: receivedAt, id: shortId(messageId), source: "text" },
  );
}
