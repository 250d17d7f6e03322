import type { Exporters } from "./openSink.ts";

export interface AzureMonitor {
  connectionString: string;
  /** Whose token it wants, if it takes no key. */
  identity: { clientId: string | undefined } | undefined;
}

/** Application Insights. What cannot be sent is dropped: a deployed app has no disk to keep it on. */
export async function azureMonitorExporters({ connectionString, identity }: AzureMonitor): Promise<Exporters> {
  const { AzureMonitorMetricExporter, AzureMonitorTraceExporter } = await import(
    "@azure/monitor-opentelemetry-exporter"
  );
  const options = { connectionString, disableOfflineStorage: true, ...(identity && (await credentialOf(identity))) };
  return { spans: new AzureMonitorTraceExporter(options), metrics: new AzureMonitorMetricExporter(options) };
}

async function credentialOf({ clientId }: { clientId: string | undefined }) {
  const { ManagedIdentityCredential } = await import("@azure/identity");
  return { credential: clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential() };
}
