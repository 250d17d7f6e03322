import type { TSchema } from "typebox";
import { vcon } from "../vcon/vcon.ts";
import { call } from "./call.ts";
import { deliveryReport } from "./deliveryReport.ts";
import { exportedEvent } from "./exportedEvent.ts";
import { exportManifest } from "./exportManifest.ts";
import { message } from "./message.ts";
import { participants } from "./participants.ts";
import { recording } from "./recording.ts";
import { vconLine } from "./vconLine.ts";

/** The schemas of what an export writes, by the name of their file. */
const published: Record<string, TSchema> = {
  manifest: exportManifest,
  event: exportedEvent,
  message,
  deliveryReport,
  call,
  participants,
  recording,
  vconLine,
  vcon,
};

/** The files `{name}.schema.json` and their texts. */
export function schemaFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, schema] of Object.entries(published)) {
    const shown = { $schema: "http://json-schema.org/draft-07/schema#", title: name, ...schema };
    files[`${name}.schema.json`] = `${JSON.stringify(shown, null, 2)}\n`;
  }
  return files;
}
