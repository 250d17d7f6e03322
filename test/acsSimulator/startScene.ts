import { buffer } from "node:stream/consumers";
import { CallAutomationClient } from "@azure/communication-call-automation";
import { startAcsSimulator } from "../../dev/acsSimulator/startAcsSimulator.ts";
import { simulatorHttpClient } from "../../src/acs/simulatorSeam.ts";
import { startSink } from "./startSink.ts";

const accessKey = Buffer.alloc(32, 7).toString("base64");

/** A simulator whose clock the test holds, a sink for its events, and an SDK client that reaches it by the seam. */
export async function startScene(options: { audience?: string; chunksPerRecording?: number } = {}) {
  let now = Date.now();
  const sink = await startSink();
  const clock = () => new Date(now);
  const simulator = await startAcsSimulator({ port: 0, accessKey, eventGridUrl: sink.url, clock, ...options });
  const clientWithKey = async (key: string) =>
    new CallAutomationClient(`endpoint=https://contoso.communication.azure.com/;accesskey=${key}`, {
      httpClient: await simulatorHttpClient(simulator.url),
      retryOptions: { maxRetries: 0 },
    });
  const client = await clientWithKey(accessKey);
  return {
    simulator,
    sink,
    client,
    clientWithKey,
    advance(ms: number): void {
      now += ms;
    },
    async download(url: string, range: { offset?: number; length?: number } = {}): Promise<Buffer> {
      return buffer(await client.getCallRecording().downloadStreaming(url, range));
    },
    async fault(body: Record<string, unknown>): Promise<void> {
      await fetch(`${simulator.url}/simulator/faults`, { method: "POST", body: JSON.stringify(body) });
    },
    async close(): Promise<void> {
      await simulator.close();
      await sink.close();
    },
  };
}
