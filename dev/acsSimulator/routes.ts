// Every address that the simulator answers.
import { Type } from "typebox";
import { isLoopbackHost } from "../../src/acs/isLoopbackHost.ts";
import type { CallbackTokens } from "./callbackTokens.ts";
import type { CallAction, CallControl } from "./callControl.ts";
import type { Faults } from "./faults.ts";
import type { OptOuts } from "./optOuts.ts";
import { readBody } from "./readBody.ts";
import type { RecordingControl } from "./recordingControl.ts";
import type { RecordingStore } from "./recordingStore.ts";
import type { Repeatability } from "./repeatability.ts";
import { json, type Reply } from "./reply.ts";
import type { Route, SimulatorRequest } from "./route.ts";
import { serveContent, serveMetadata } from "./serveObject.ts";
import { badRequest } from "./simulatorError.ts";
import type { Sms } from "./sms.ts";

export interface Parts {
  sms: Sms;
  optOuts: OptOuts;
  store: RecordingStore;
  recordings: RecordingControl;
  calls: CallControl;
  /** What was answered to repeatable requests. */
  repeats: Repeatability<Reply>;
  faults: Faults;
  tokens: CallbackTokens;
  idle(): Promise<void>;
}

const newRecording = Type.Object(
  {
    documentId: Type.String({ minLength: 1 }),
    bytes: Type.Integer({ minimum: 0 }),
    seed: Type.Union([Type.Number(), Type.String()]),
    format: Type.Optional(Type.Union([Type.Literal("mp4"), Type.Literal("mp3"), Type.Literal("wav")])),
    metadata: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);

export function routesOf(parts: Parts): Route[] {
  return [...smsRoutes(parts), ...callingRoutes(parts), ...downloadRoutes(parts), ...controlRoutes(parts)];
}

function smsRoutes({ sms, optOuts }: Parts): Route[] {
  return [
    { method: "POST", path: /^\/sms$/, access: "versioned", fault: "sms", handle: ({ body }) => sms.send(body) },
    {
      method: "POST",
      path: /^\/sms\/optouts:(add|remove|check)$/,
      access: "versioned",
      fault: "optOut",
      handle: ({ body }, action = "") => optOuts.apply(action, body),
    },
  ];
}

function callingRoutes({ recordings, calls, repeats, tokens }: Parts): Route[] {
  const once = repeatable(repeats);
  const recording = { access: "versioned", fault: "recording" } as const;
  const one = /^\/calling\/recordings\/([^/:]+)$/;
  return [
    {
      ...recording,
      method: "POST",
      path: /^\/calling\/recordings$/,
      handle: (request) => once(request, () => recordings.start(request.body)),
    },
    { ...recording, method: "GET", path: one, handle: (_, id = "") => recordings.state(id) },
    { ...recording, method: "DELETE", path: one, handle: (_, id = "") => recordings.stop(id) },
    {
      ...recording,
      method: "POST",
      path: /^\/calling\/recordings\/([^/:]+):(pause|resume)$/,
      handle: (_, id = "", action) => (action === "pause" ? recordings.pause(id) : recordings.resume(id)),
    },
    ...(["answer", "redirect", "reject"] satisfies CallAction["action"][]).map(
      (action): Route => ({
        method: "POST",
        path: new RegExp(`^/calling/callConnections:${action}$`),
        access: "versioned",
        fault: "call",
        handle: (request) => once(request, () => calls.act(action, request.body)),
      }),
    ),
    {
      method: "GET",
      path: /^\/calling\/\.well-known\/acsopenidconfiguration$/,
      access: "open",
      handle: ({ headers }) => tokens.configuration(originOf(headers.host ?? "")),
    },
    { method: "GET", path: /^\/calling\/keys$/, access: "open", handle: () => tokens.keySet() },
  ];
}

function downloadRoutes({ store }: Parts): Route[] {
  const metadata = { method: "GET", access: "signed", fault: "metadata" } as const;
  const content = { method: "GET", access: "signed", fault: "content" } as const;
  return [
    {
      ...metadata,
      path: /^\/v1\/objects\/([^/]+)\/content\/acsmetadata$/,
      handle: ({ headers }, id = "") => serveMetadata(store.get(id), headers.range),
    },
    {
      ...content,
      path: /^\/v1\/objects\/([^/]+)\/content\/(?:video|audio)$/,
      handle: ({ headers }, id = "") => serveContent(store.get(id), headers.range),
    },
    {
      method: "DELETE",
      path: /^\/v1\/objects\/([^/]+)$/,
      access: "signed",
      fault: "delete",
      handle: (_, id = "") => {
        store.get(id).deleted = true;
        return { status: 200 };
      },
    },
    // The addresses of the 2021-04 preview, at the ACS endpoint itself.
    {
      ...metadata,
      path: /^\/recording\/download\/([^/]+)\/metadata$/,
      handle: ({ headers }, id = "") => serveMetadata(store.get(id), headers.range),
    },
    {
      ...content,
      path: /^\/recording\/download\/([^/]+)$/,
      handle: ({ headers }, id = "") => serveContent(store.get(id), headers.range),
    },
  ];
}

function controlRoutes({ sms, optOuts, store, recordings, calls, repeats, faults, idle }: Parts): Route[] {
  const control = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    path: new RegExp(`^/simulator${path}$`),
    access: "control",
    handle,
  });
  return [
    control("GET", "/messages", () => json(200, sms.messages)),
    control("GET", "/actions", () => json(200, calls.actions)),
    control("GET", "/recordings", () => json(200, store.list())),
    control("POST", "/recordings", async ({ body }) => {
      const recording = readBody(newRecording, body);
      const locations = store.add(recording);
      return json(200, { ...locations, sha256: await store.sha256(recording.documentId) });
    }),
    control("POST", "/calls/([^/]+)/end", (_, serverCallId = "") => recordings.endCall(serverCallId)),
    control("GET", "/faults", () => json(200, faults.list())),
    control("POST", "/faults", ({ body }) => faults.add(body)),
    control("DELETE", "/faults", () => {
      faults.clear();
      return { status: 204 };
    }),
    control("GET", "/idle", async () => {
      await idle();
      return json(200, {});
    }),
    control("DELETE", "", () => {
      for (const part of [sms, optOuts, store, recordings, calls, repeats, faults]) {
        part.clear();
      }
      return { status: 204 };
    }),
  ];
}

/** Honours Repeatability-Request-ID and Repeatability-First-Sent for the requests that take them. */
function repeatable(done: Repeatability<Reply>): (request: SimulatorRequest, make: () => Reply) => Reply {
  return ({ headers, path, body }, make) => {
    const [id, firstSent] = [headers["repeatability-request-id"], headers["repeatability-first-sent"]].map(String);
    const reply = done.answer(headers["repeatability-request-id"] && id, firstSent, `${path}\n${body}`, make);
    if (!reply) {
      throw badRequest("The Repeatability-Request-ID belongs to another request.");
    }
    return reply;
  };
}

/** Requests that come as for an ACS host are https to their sender. */
function originOf(host: string): string {
  return `${isLoopbackHost(host.replace(/:\d+$/, "")) ? "http" : "https"}://${host}`;
}
