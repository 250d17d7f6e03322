// Settings of what the app reaches, and who reaches it.
import { list, type Setting, text } from "./settingKinds.ts";

export const resourceSettings = {
  AzureWebJobsStorage: text(
    "Connection string of the storage account that keeps everything. Left empty where the app uses its identity.",
  ),
  AzureWebJobsStorage__accountName: text("Name of the storage account, when the app reaches it with its identity."),
  AzureWebJobsStorage__clientId: text(
    "Client id of the user-assigned managed identity for storage and ACS; empty = system-assigned.",
  ),
  ACS_CONNECTION_STRING: {
    default: "",
    meaning: "Connection string of the ACS resource: endpoint=https://…;accesskey=…",
    parse: (value: string) => {
      if (value && !/^endpoint=https?:\/\/[^;]+;accesskey=[^;]+;?$/i.test(value)) {
        throw new Error("a connection string of the form endpoint=https://…;accesskey=… is expected");
      }
      return value;
    },
  },
  ACS_ENDPOINT: {
    default: "",
    meaning:
      "Endpoint of the ACS resource (https://….communication.azure.com), when the app reaches it with its identity.",
    parse: (value: string) => {
      if (value && URL.parse(value)?.protocol !== "https:")
        throw new Error("a URL such as https://contoso.communication.azure.com is expected");
      return value;
    },
  },
  ACS_SIMULATOR: {
    default: "",
    meaning: "Development only: a loopback URL that gets all requests for ACS hosts instead of ACS.",
    parse: (value: string) => {
      if (value && !/^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?\/?$/.test(value))
        throw new Error("an address of this machine such as http://127.0.0.1:8080 is expected");
      return value;
    },
  },
  ALLOWED_TOPICS: {
    default: "",
    meaning:
      "Topics (ACS resource ids, separated by commas) whose events are accepted; empty = any. Letter case is ignored.",
    parse: (value: string): ReadonlySet<string> => new Set(list(value).map((topic) => topic.toLowerCase())),
  },
} satisfies Record<string, Setting<unknown>>;
