import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe, sha256, text, time } from "./parts.ts";

const counts = Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
  description:
    "Lines by file, e.g. events-sms, messages; besides: erased, unreadable; media as files, erasedFiles, missingFiles",
});

const slice = closed("What arrived in a span of time", {
  folder: text("Under data/"),
  from: time("Included"),
  to: time("Not included"),
  counts,
  files: Type.Array(
    closed("A file of the folder", {
      name: text("In the folder"),
      lines: Type.Integer({ minimum: 0 }),
      bytes: Type.Integer({ minimum: 0 }),
      sha256,
    }),
  ),
});

export const exportManifest = closed("manifest.json of an export", {
  format: Type.Union([Type.Literal("jsonl"), Type.Literal("vcon")]),
  version: Type.Literal(1),
  account: text("The storage account that it is of"),
  from: maybe(time("Arrival; what --from said")),
  to: maybe(time("Arrival; what --to said")),
  families: maybe(Type.Array(Type.String(), { description: "What --family said; absent: all" })),
  mediaUrl: maybe(text("What --media-url said")),
  exportedTo: maybe(time("The next run goes on from here")),
  counts,
  slices: Type.Array(slice, { description: "In order of time; data/ has nothing else" }),
});

export type ExportManifest = Static<typeof exportManifest>;
export type Slice = ExportManifest["slices"][number];
