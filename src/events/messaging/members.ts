// Members that the advanced messaging (WhatsApp) events share.
import { documented, text, time } from "../fields.ts";

export const inChannel = {
  from: text("Who sent it: a WhatsApp number, or the channel registration", "14255550123"),
  to: text("Whom it was sent to: a WhatsApp number, or the channel registration"),
  channelType: documented("string", "whatsapp"),
  receivedTimestamp: time("When it was received"),
};

export const channelError = documented("object", "What the channel reported", {
  channelCode: documented("string", "Its code, such as 131026"),
  channelMessage: documented("string", "In words"),
});
