import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { channel, person } from "../entities.ts";
import { documented, text } from "../fields.ts";
import { inChannel } from "./members.ts";

export const advancedMessageAnalysisCompleted = defineEvent(
  "Microsoft.Communication.AdvancedMessageAnalysisCompleted",
  {
    description: "A WhatsApp message was analysed. Preview: in no SDK and no current model.",
    data: Type.Object({
      ...inChannel,
      originalMessage: text("The words that were analysed"),
      intentAnalysis: text("What the sender wants"),
      languageDetection: documented("object", "In which language", {
        language: documented("string", "Its name"),
        confidenceScore: documented("number", "0 to 1"),
        translation: documented("string", "In English"),
      }),
      extractedKeyPhrases: documented("array", "What it is about"),
      sentiment: documented("object", "score and description; in one example"),
    }),
    key: ["from", "to"],
    usual: ["originalMessage"],
    legacy: { renamed: { keyphraseExtraction: "extractedKeyPhrases", receivedTimeStamp: "receivedTimestamp" } },
    entities: ({ data }) => [channel(data.to), person(data.from)],
  },
);
