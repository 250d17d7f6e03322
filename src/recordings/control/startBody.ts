// Bodies of the requests that start and control recordings; members are named as in the ACS REST API.
import type { Static } from "typebox";
import * as Type from "typebox";

const optional = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }));
/** One line: no control characters, no line separators. */
const line = (maxLength: number) => Type.Optional(Type.String({ maxLength, pattern: "^[^\\p{Cc}\\p{Zl}\\p{Zp}]*$" }));
const strict = { additionalProperties: false };

const operation = { operationContext: line(1024) };

export const operationBody = Type.Object(operation, strict);

const common = {
  ...operation,
  recordingStateCallbackUri: optional(2048),
  consent: line(256),
};

/** POST /api/conversations/{conversationId}/recordings, the shape of 2021. */
export const conversationStartBody = Type.Object(common, strict);

/** POST /api/recordings. */
export const startBody = Type.Object(
  {
    serverCallId: optional(4096),
    conversationUrl: optional(2048),
    groupCallId: optional(256),
    roomId: optional(256),
    callConnectionId: optional(256),
    recordingContentType: Type.Optional(Type.Enum(["audio", "audioVideo"])),
    recordingChannelType: Type.Optional(Type.Enum(["mixed", "unmixed"])),
    recordingFormatType: Type.Optional(Type.Enum(["mp4", "mp3", "wav"])),
    pauseOnStart: Type.Optional(Type.Boolean()),
    externalStorage: Type.Optional(
      Type.Object(
        {
          recordingStorageKind: Type.Optional(Type.Enum(["azureBlobStorage"])),
          recordingDestinationContainerUrl: Type.String({ maxLength: 2048 }),
        },
        strict,
      ),
    ),
    ...common,
  },
  strict,
);

export type StartBody = Static<typeof startBody>;
export type ConversationStartBody = Static<typeof conversationStartBody>;
export type OperationBody = Static<typeof operationBody>;
