// For export.test.ts: one vCon for each call, thread and text conversation, by the real command.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { VconLine } from "../../src/leaving/schemas/vconLine.ts";
import type { Dialog, Vcon } from "../../src/leaving/vcon/vcon.ts";
import { serverCallId } from "../calls/callStory.ts";
import type { App } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";
import { filesOf, findings, linesOf, runExport, sha256 } from "./runExport.ts";
import { chat, they, threadId } from "./story.ts";

/** Tests of vCons of an app to which the story was published. */
export function vconTests(running: () => App): void {
  let app: App;
  const roots = mkdtempSync(join(tmpdir(), "acs-events-vcon-"));
  const [plain, served] = [join(roots, "plain"), join(roots, "served")];
  beforeAll(async () => {
    app = running();
    expect(await runExport(app, ["--out", plain, "--format", "vcon"])).toMatchObject({ status: 0, err: "" });
  });
  afterAll(() => rmSync(roots, { recursive: true, force: true }));

  const lines = (root = plain) => new Map(linesOf<VconLine>(root, "vcons").map((line) => [line.conversation, line]));
  const read = (root: string, path = "") => JSON.parse(readFileSync(join(root, path), "utf8")) as Vcon;
  const vconOf = (conversation: string, root = plain) => read(root, lines(root).get(conversation)?.path);
  const ofType = <T extends Dialog["type"]>({ dialog }: Vcon, type: T) =>
    dialog.filter((one): one is Extract<Dialog, { type: T }> => one.type === type);

  it("is valid by the draft, each of them, and by its hash what was written", () => {
    expect(lines().size).toBeGreaterThan(5);
    for (const line of lines().values()) {
      expect(findings("vconLine", line)).toEqual([]);
      const vcon = read(plain, line.path);
      expect(findings("vcon", vcon), JSON.stringify(vcon)).toEqual([]);
      expect([vcon.uuid, sha256(readFileSync(join(plain, line.path)))]).toEqual([line.uuid, line.sha256]);
      // What a JSON Schema cannot say: every index leads to something.
      for (const dialog of vcon.dialog) {
        const named = "parties" in dialog ? (dialog.parties ?? []).flat() : [];
        const indexes = [...named, ...(dialog.party_history ?? []).map(({ party }) => party)];
        for (const index of indexes) if (index !== null) expect(vcon.parties[index]).toBeDefined();
      }
      for (const { party, dialog } of vcon.attachments)
        expect([vcon.parties[party], vcon.dialog[dialog]]).not.toContain(undefined);
    }
  });

  it("has what two numbers wrote, in order, the writer first", () => {
    const vcon = vconOf(`sms:${ourNumber}:${they}`);
    const [sent] = app.acs.messages().filter(({ to }) => to === they);
    expect(vcon.parties).toEqual([{ tel: ourNumber }, { tel: they }]);
    expect(ofType(vcon, "text").map(({ body, parties }) => [body, parties])).toEqual([
      ["When do you open?", [1, 0]],
      [sent?.message, [0, 1]],
    ]);
  });

  it("has what was said in a thread, each version at its time, and who came and left", () => {
    const vcon = vconOf(`thread:${threadId}`);
    const said = chat.items.filter((item) => item.kind === "message");
    const bodies = said.flatMap(({ text, versions }) => versions?.map((version) => version.text) ?? [text]);
    const texts = ofType(vcon, "text");
    expect(texts.filter(({ message_id }) => message_id !== undefined).map(({ body }) => body)).toEqual(bodies);
    const moves = texts.flatMap(({ party_history = [] }) => party_history);
    const [joins, drops] = [chat.thread.participants, chat.thread.participants.filter(({ until }) => until)];
    expect(moves.filter(({ event }) => event === "join")).toHaveLength(joins.length);
    expect(moves.filter(({ event }) => event === "drop")).toHaveLength(drops.length);
    expect(vcon.subject).toBe(chat.thread.topic);
  });

  it("has a call with who took part, and its recordings by name and hash", () => {
    const call = vconOf(`call:${serverCallId}`);
    expect(call.dialog[0]).toMatchObject({ type: "recording", application: "call", duration: 29.25 });
    expect(call.dialog[0]?.party_history?.[0]).toMatchObject({ event: "join" });
    const recorded = vconOf("call:leaving-call");
    const [set] = ofType(recorded, "recording-set");
    const parts = ofType(recorded, "recording");
    expect(set?.recordings).toEqual([1, 2]);
    expect(parts).toHaveLength(2);
    for (const { filename = "", content_hash, url } of parts) {
      const digest = createHash("sha512")
        .update(readFileSync(join(plain, filename)))
        .digest("base64url");
      // The local account has no https address.
      expect([content_hash, url]).toEqual([`sha512-${digest}`, undefined]);
    }
  });

  it("names media where they will be served, and has the same uuid in each export", async () => {
    const options = ["--format", "vcon", "--media-url", "https://files.contoso.example/acs"];
    expect((await runExport(app, ["--out", served, ...options])).status).toBe(0);
    const [first] = ofType(vconOf("call:leaving-call", served), "recording");
    expect(first?.url).toBe(`https://files.contoso.example/acs/${first?.filename}`);
    const uuids = (root: string) =>
      [...lines(root).values()].map(({ conversation, uuid }) => `${conversation} ${uuid}`);
    expect(uuids(served).sort()).toEqual(uuids(plain).sort());
  });

  it("is written anew when something comes to its conversation, and no other one is", async () => {
    const before = filesOf(plain);
    await app.publish([textEvent("again", { from: they, message: "And tomorrow?" })]);
    expect((await runExport(app, ["--out", plain, "--format", "vcon"])).status).toBe(0);
    const after = filesOf(plain);
    const changed = Object.keys(before).filter((path) => before[path] !== after[path]);
    expect(changed).toEqual(["manifest.json", lines().get(`sms:${ourNumber}:${they}`)?.path]);
    expect(ofType(vconOf(`sms:${ourNumber}:${they}`), "text").map(({ body }) => body)).toContain("And tomorrow?");
  });
}
