// Settings of what the app tells of itself. The names are those that Azure Functions and OpenTelemetry give them.
import type { Setting } from "./settingKinds.ts";

export const telemetrySettings = {
  APPLICATIONINSIGHTS_CONNECTION_STRING: {
    default: "",
    meaning: "Connection string of Application Insights, which gets traces and metrics; empty = it gets none.",
    parse: (value: string) => {
      if (value && !/(^|;)\s*InstrumentationKey=[^;]+/i.test(value))
        throw new Error("a connection string of the form InstrumentationKey=…;IngestionEndpoint=https://… is expected");
      return value;
    },
  },
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: {
    default: "",
    meaning:
      "Authorization=AAD, with ClientId=… for a user-assigned identity: Application Insights is told with the app's identity.",
    parse: (value: string): { clientId: string | undefined } | undefined => {
      if (!value) return undefined;
      const parts = new Map(value.split(";").map((part) => [nameOf(part), part.slice(part.indexOf("=") + 1).trim()]));
      if (parts.get("authorization")?.toUpperCase() !== "AAD") throw new Error("Authorization=AAD is expected");
      return { clientId: parts.get("clientid") || undefined };
    },
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: "",
    meaning:
      "Address of an OpenTelemetry collector (OTLP over HTTP), which gets traces and metrics; empty = none does.",
    parse: (value: string) => {
      if (value && !/^https?:$/.test(URL.parse(value)?.protocol ?? ""))
        throw new Error("a URL such as https://collector.contoso.example:4318 is expected");
      return value;
    },
  },
  OTEL_SERVICE_NAME: {
    default: "",
    meaning: "Name of the app in its traces and metrics; empty = the name of the Function App, which Azure sets.",
    parse: (value: string) => value || process.env.WEBSITE_SITE_NAME || "acs-events",
  },
} satisfies Record<string, Setting<unknown>>;

function nameOf(part: string): string {
  return (part.split("=")[0] ?? "").trim().toLowerCase();
}
