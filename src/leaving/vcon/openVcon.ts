// A vCon that is written as it is told: a thread may have more messages than memory.
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isE164 } from "../../events/phoneNumber.ts";
import { openLineFile } from "../disk/lineFile.ts";
import type { VconLine } from "../schemas/vconLine.ts";
import { uuidOf } from "./uuidOf.ts";
import type { Attachment, Dialog, VconParty } from "./vcon.ts";

interface Where {
  root: string;
  /** Under vcon/. */
  folder: "calls" | "threads" | "texts";
  host: string;
  conversation: string;
}

/** What a conversation without any time begins with. */
const noTime = "1970-01-01T00:00:00Z";

export async function openVcon({ root, folder, host, conversation }: Where) {
  const uuid = uuidOf(host, conversation);
  const path = `vcon/${folder}/${uuid}.vcon.json`;
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  const file = await openLineFile(`${target}.part`);
  const parties: VconParty[] = [];
  const indexes = new Map<string, number>();
  const attachments: Pick<Attachment, "purpose" | "body">[] = [];
  let dialogs = 0;
  let [first, last]: (string | undefined)[] = [];
  await file.write(`{"vcon":"0.4.0","uuid":"${uuid}","dialog":[`);

  function party(id: string | undefined, name?: string): number {
    const key = id === undefined ? ` ${name}` : id.replace(/^4:/, "");
    const known = indexes.get(key);
    const named = known === undefined ? undefined : parties[known];
    if (known !== undefined && named) {
      if (name && named.name === undefined) Object.assign(named, { name, validation: "none" });
      return known;
    }
    indexes.set(key, parties.length);
    return parties.push(partyOf(id, name)) - 1;
  }

  return {
    /** The index of somebody. */
    party,
    /** The index of a dialog that is told; its times count for the vCon. */
    async dialog(dialog: Dialog): Promise<number> {
      await file.write(`${dialogs === 0 ? "" : ","}${JSON.stringify(dialog)}`);
      const { start } = dialog;
      if (start !== undefined && (first === undefined || start < first)) first = start;
      if (start !== undefined && (last === undefined || start > last)) last = start;
      return dialogs++;
    },
    attach(purpose: string, body: unknown): void {
      attachments.push({ purpose, body });
    },
    get dialogs() {
      return dialogs;
    },
    async close(subject?: string): Promise<VconLine> {
      const created = first ?? noTime;
      // Who adds something to a conversation is a party, too (draft 4.4.3).
      const app = dialogs > 0 && attachments.length > 0 ? party(undefined, "acs-events") : 0;
      if (dialogs > 0 && attachments.length > 0) Object.assign(parties[app] ?? {}, { type: "bot" });
      const attached: Attachment[] = (dialogs > 0 ? attachments : []).map(({ purpose, body }) => ({
        ...{ purpose, start: created, party: app, dialog: 0, mediatype: "application/json", body, encoding: "json" },
      }));
      await file.write(`],"attachments":${JSON.stringify(attached)},"parties":${JSON.stringify(parties)},`);
      if (subject !== undefined) await file.write(`"subject":${JSON.stringify(subject)},`);
      await file.write(`"created_at":"${created}","updated_at":"${last ?? created}"}`);
      const { bytes, sha256 } = await file.close();
      await rename(`${target}.part`, target);
      return { uuid, conversation, path, bytes, sha256 };
    },
  };
}

export type OpenVcon = Awaited<ReturnType<typeof openVcon>>;

function partyOf(id: string | undefined, name: string | undefined): VconParty {
  const number = id?.replace(/^4:/, "");
  return {
    ...(number !== undefined && isE164(number) ? { tel: number } : id !== undefined && { uuid: id }),
    // Apps of Teams: call queues, bots.
    ...(id?.startsWith("28:") && { type: "bot" as const }),
    ...(name && { name, validation: "none" as const }),
  };
}
