import type { InvocationContext } from "@azure/functions";
import { setting, settingIsValid, settingOrDefault } from "../config.ts";
import { failureOf } from "./failureOf.ts";
import { setSink, sink } from "./sink.ts";

const asking = ["APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT"] as const;

let opening: Promise<void> | undefined;

/** Loads what carries telemetry, once, if a setting asks for it. Never rejects: telemetry must not cost an event. */
export function openTelemetry(context: Pick<InvocationContext, "warn">): Promise<void> {
  if (!asking.some((name) => settingIsValid(name) && setting(name))) return Promise.resolve();
  opening ??= open().catch((error) => context.warn(`telemetry could not be loaded: ${failureOf(error)}`));
  return opening;
}

async function open(): Promise<void> {
  const connectionString = settingOrDefault("APPLICATIONINSIGHTS_CONNECTION_STRING");
  const { openSink } = await import("./sdk/openSink.ts");
  setSink(
    await openSink({
      serviceName: setting("OTEL_SERVICE_NAME"),
      otlp: settingOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT") || undefined,
      azureMonitor: connectionString
        ? { connectionString, identity: settingOrDefault("APPLICATIONINSIGHTS_AUTHENTICATION_STRING") }
        : undefined,
    }),
  );
}

/** Sends what is held, before the process ends. */
export async function flushTelemetry(): Promise<void> {
  await sink()?.flush();
}
