import { CallAutomationClient } from "@azure/communication-call-automation";
import { conversationIdOf } from "../../src/acs/conversationId.ts";
import type { App } from "./startApp.ts";

/** A serverCallId of the form that ACS gives. */
export function callIdOf(name: string): string {
  return conversationIdOf(`https://conv.contoso.example/conv/${name}?i=1`);
}

/** An HTTP function's answer: its status, and its JSON. */
export async function answerOf(
  answering: Promise<Response>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await answering;
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

/** The SDK's client for recordings, against the simulator. */
export function recordingsOf({ addresses }: App) {
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  return new CallAutomationClient(addresses.acsConnectionString, options).getCallRecording();
}
