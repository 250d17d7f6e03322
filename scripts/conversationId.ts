// `npm run conversation-id -- URL`: prints the conversationId (today's serverCallId) of a conversation's URL, which
// getConversationUrl() of the calling SDK gives: its Base64Url.
import { conversationIdOf } from "../src/acs/conversationId.ts";

const [url, ...more] = process.argv.slice(2);
try {
  if (url === undefined || more.length > 0) throw new Error("usage: npm run conversation-id -- URL");
  console.log(conversationIdOf(url));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
