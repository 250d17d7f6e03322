import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { channel, person } from "../entities.ts";
import { documented, text } from "../fields.ts";
import { channelError, inChannel } from "./members.ts";

export const advancedMessageReceived = defineEvent("Microsoft.Communication.AdvancedMessageReceived", {
  description: "A message arrived through WhatsApp.",
  data: Type.Object({
    ...inChannel,
    messageId: text("The message; absent from the samples of the documentation"),
    fromBSUID: documented("string", "Business-scoped id of the sender; newest specification only"),
    messageType: text("text, image, document, sticker, reaction, button, interactive", "text"),
    content: text("The words of a text"),
    media: documented("object", "A file", {
      mimeType: documented("string", "MIME type"),
      id: documented("string", "What to fetch it by"),
      fileName: documented("string", "Its name"),
      caption: documented("string", "What was written under it"),
      animated: documented("boolean", "An animated sticker"),
    }),
    reaction: documented("object", "An emoji put on a message", {
      messageId: documented("string", "Which message"),
      emoji: documented("string", "The emoji"),
    }),
    context: documented("object", "The message that this one answers", {
      from: documented("string", "Who wrote it"),
      id: documented("string", "Its id"),
    }),
    button: documented("object", "A button that was pressed", {
      text: documented("string", "What stands on it"),
      payload: documented("string", "What it means"),
    }),
    interactive: documented("object", "A choice that was made", {
      type: documented("string", "buttonReply, listReply, unknown"),
      buttonReply: documented("object", "id, title"),
      listReply: documented("object", "id, title, description"),
    }),
    error: channelError,
  }),
  key: ["from", "to"],
  usual: ["messageType", "receivedTimestamp"],
  legacy: { renamed: { receivedTimeStamp: "receivedTimestamp" } },
  entities: ({ data }) => [channel(data.to), person(data.from)],
});
