import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, type JsonObject } from "../src/events/json.ts";
import { exampleEvents } from "./exampleEvents.ts";

/** Official samples of ACS events, where a machine has them; they are not part of the repository. */
const folder = fileURLToPath(new URL("../../shared/events/samples", import.meta.url));

/** The official samples, or, without them, the repository's own examples; and which of them they are. */
export function readSamples(): { events: JsonObject[]; from: string } {
  let files: string[];
  try {
    files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch {
    return { events: exampleEvents(), from: "examples of the repository" };
  }
  const read = files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as unknown);
  return { events: read.flat().filter(isObject), from: "official samples" };
}
