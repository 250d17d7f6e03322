// The ACS simulator: the data plane of one ACS resource on this machine, for the unmodified official SDK clients.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Background } from "./background.ts";
import { callbackPoster } from "./callbackPoster.ts";
import { CallbackTokens } from "./callbackTokens.ts";
import { CallControl } from "./callControl.ts";
import type { Context } from "./context.ts";
import { eventPublisher } from "./eventPublisher.ts";
import { Faults } from "./faults.ts";
import { OptOuts } from "./optOuts.ts";
import { RecordingControl } from "./recordingControl.ts";
import { type NewRecording, type RecordingLocations, RecordingStore } from "./recordingStore.ts";
import { Repeatability } from "./repeatability.ts";
import type { Reply } from "./reply.ts";
import { requestListener } from "./requestListener.ts";
import { routesOf } from "./routes.ts";
import { type SentMessage, Sms } from "./sms.ts";

export interface AcsSimulatorOptions {
  /** 0 means any free port. */
  port: number;
  /** Base64; random by default. */
  accessKey?: string;
  /** Where events are published (`POST {eventGridUrl}/api/events`); may be set later. */
  eventGridUrl?: string;
  /** The resource's phone numbers, E.164: a text to one of them is also received. */
  numbers?: string[];
  clock?: () => Date;
  /** Topic of the published events. */
  topic?: string;
  /** The immutable id of the resource: audience of callback tokens, resourceId in metadata. */
  audience?: string;
  /** How long ACS takes from an accepted request to its events. */
  deliveryDelayMs?: number;
  /** In how many chunks a stopped recording comes; default 1. */
  chunksPerRecording?: number;
  log?: (line: string) => void;
}

export interface AcsSimulator {
  url: string;
  /** `endpoint=http://127.0.0.1:PORT/;accesskey=…` */
  connectionString: string;
  /** The immutable id of the resource. */
  audience: string;
  /** Every message accepted, oldest first. */
  messages(): SentMessage[];
  addRecording(recording: NewRecording): Promise<RecordingLocations & { sha256: string }>;
  setEventGridUrl(url: string): void;
  /** Resolves when no event or callback is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const defaultTopic =
  "/subscriptions/5d0c3f5e-0000-4000-8000-000000000000/resourcegroups/local/providers/microsoft.communication/communicationservices/acs-simulator";
const defaultAudience = "5d0c3f5e-0000-4000-8000-000000000001";

/** Starts the simulator on 127.0.0.1. */
export async function startAcsSimulator(options: AcsSimulatorOptions): Promise<AcsSimulator> {
  const { clock = () => new Date(), audience = defaultAudience, log = () => {} } = options;
  const accessKey = options.accessKey ?? randomBytes(64).toString("base64");
  const numbers = new Set(options.numbers ?? ["+18335550100", "+18335550101"]);
  let eventGridUrl = options.eventGridUrl;
  const stop = new AbortController();
  const { signal } = stop;
  const background = new Background((line) => signal.aborted || log(line));
  const tokens = new CallbackTokens();
  const publish = eventPublisher({
    eventGridUrl: () => eventGridUrl,
    topic: options.topic ?? defaultTopic,
    delayMs: options.deliveryDelayMs ?? 0,
    clock,
    background,
    signal,
  });
  const callBack = callbackPoster({ audience, clock, tokens, background, signal });
  const context: Context = { clock, resourceId: audience, publish, callBack };
  const optOuts = new OptOuts();
  const faults = new Faults();
  const sms = new Sms(context, optOuts, numbers, faults);
  const store = new RecordingStore(audience);
  const calls = new CallControl(context);
  const repeats = new Repeatability<Reply>();
  const recordings = new RecordingControl(context, store, faults, options.chunksPerRecording ?? 1);
  const idle = () => background.idle();
  const routes = routesOf({ sms, optOuts, store, recordings, calls, repeats, faults, tokens, idle });

  const server = createServer(requestListener({ routes, faults, accessKey, clock, log }));
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    connectionString: `endpoint=${url}/;accesskey=${accessKey}`,
    audience,
    messages: () => [...sms.messages],
    async addRecording(recording) {
      const locations = store.add(recording);
      return { ...locations, sha256: await store.sha256(recording.documentId) };
    },
    setEventGridUrl(to) {
      eventGridUrl = to;
    },
    idle,
    async close() {
      stop.abort();
      await idle();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
