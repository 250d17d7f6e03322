import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, sha256, text } from "./parts.ts";

export const vconLine = closed("A vCon that was written or written anew: file vcons.jsonl", {
  uuid: text("Of the vCon; the last line with it counts"),
  conversation: text("call:{id}, recording:{id}, thread:{id} or sms:{our number}:{their number}"),
  path: text("From the folder of the export"),
  bytes: Type.Integer({ minimum: 0 }),
  sha256,
});

export type VconLine = Static<typeof vconLine>;
