import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, callIdOf } from "../support/callRecording.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ RECORDING_REQUIRE_CONSENT: "true" });
});
afterAll(() => app?.close());

describe("with RECORDING_REQUIRE_CONSENT, a start", () => {
  const doors: [string, (body: object) => Promise<Response>][] = [
    ["/api/recordings", (body) => app.call("POST", "/api/recordings", { serverCallId: callIdOf("a"), ...body })],
    ["the founding route", (body) => app.call("POST", `/api/conversations/${callIdOf("b")}/recordings`, body)],
  ];

  it.each(doors)("by %s needs to say who asserts consent", async (_name, start) => {
    for (const body of [{}, { consent: "" }, { consent: "  " }]) {
      expect(await answerOf(start(body))).toMatchObject({
        status: 400,
        body: {
          code: "ACS_EVENTS_CONSENT_REQUIRED",
          target: "consent",
          message: expect.stringContaining("consent.md"),
        },
      });
    }
    expect(await answerOf(start({ consent: "x".repeat(257) }))).toMatchObject({
      status: 400,
      body: { target: "consent" },
    });
  });

  it.each(doors)("by %s keeps who asserted it, and when", async (_name, start) => {
    const { recordingId } = (await answerOf(start({ consent: "Ada, desk 4" }))).body;
    const [run] = await app.store.ledger(`recording:${recordingId}`, "run");
    expect(run?.consent).toBe("Ada, desk 4");
    expect(Math.abs(Date.parse(String(run?.consentAt)) - Date.now())).toBeLessThan(60_000);
    const [first] = await app.store.timeline(`recording:${recordingId}`);
    expect(JSON.parse(String(first?.summary))).toEqual({ consent: "Ada, desk 4" });
  });
});
