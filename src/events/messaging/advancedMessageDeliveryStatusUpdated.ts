import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { channel, person } from "../entities.ts";
import { documented, text } from "../fields.ts";
import { channelError, inChannel } from "./members.ts";

export const advancedMessageDeliveryStatusUpdated = defineEvent(
  "Microsoft.Communication.AdvancedMessageDeliveryStatusUpdated",
  {
    description: "What became of a message that was sent through WhatsApp.",
    data: Type.Object({
      ...inChannel,
      messageId: text("The id that sending gave, a GUID"),
      toBSUID: documented("string", "Business-scoped id of the recipient; newest specification only"),
      status: text("sent, delivered, read, failed, warning, unknown; also capitalised", "delivered"),
      error: channelError,
    }),
    key: ["from", "to"],
    usual: ["messageId", "status"],
    legacy: { renamed: { receivedTimeStamp: "receivedTimestamp" } },
    entities: ({ data }) => [channel(data.from), person(data.to)],
  },
);
