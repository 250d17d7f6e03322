import { hash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { archiveName } from "../../storage/archive.ts";
import { blobState } from "../../storage/blobState.ts";
import { stubOf } from "../../storage/stub.ts";
import { writeOnce } from "../../storage/writeOnce.ts";
import type { Work } from "./work.ts";

/** Puts a stub where an event would be archived that never was: if it comes again, it finds that it is erased. */
export async function keepOut(work: Work, event: AcsEvent): Promise<void> {
  const blob = archiveName(event);
  if ((await blobState("events", blob)) !== "absent") return;
  const stub = stubOf(work.id);
  await work.note([{ container: "events", blob, done: "erased", after: hash("sha256", stub) }]);
  await writeOnce("events", blob, stub, work.id);
}
