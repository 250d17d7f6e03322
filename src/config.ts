// Every setting that the code reads: its default, its meaning and its check. docs/settings.md and local.settings.sample.json
// are tested against this table. Values are read at use, never at import: a specialised worker gets its settings after it started.
import { AcsEventsError } from "./events/errors.ts";

interface Setting<T> {
  default: string;
  meaning: string;
  /** Turns the text into the value; throws an Error that says what was expected. */
  parse(text: string): T;
}

const text = (meaning: string): Setting<string> => ({ default: "", meaning, parse: (value) => value });

export const settings = {
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
    parse: (value: string): ReadonlySet<string> =>
      new Set(value.split(/[\s,]+/).flatMap((topic) => (topic ? [topic.toLowerCase()] : []))),
  },
  AUTO_REPLY: {
    default: "off",
    meaning: "on: received texts are answered by the rules of config/auto-replies.json.",
    parse: (value: string): boolean => {
      if (!/^(on|off)$/i.test(value)) throw new Error("on or off is expected");
      return value.toLowerCase() === "on";
    },
  },
  REPLY_UNCERTAIN_AFTER: {
    default: "00:15:00",
    meaning: "Age (hh:mm:ss, or seconds) from which a reply that was begun and never confirmed is not sent again.",
    parse: (value: string): number => {
      const [, hours = "0", minutes = "0", seconds = ""] = /^(?:(\d+):(\d\d):)?(\d+)$/.exec(value) ?? [];
      if (!seconds) throw new Error("hh:mm:ss or a number of seconds is expected");
      return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    },
  },
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
type Value<N extends SettingName> = ReturnType<(typeof settings)[N]["parse"]>;

const parsed = new Map<SettingName, { text: string; value: unknown }>();

/**
 * The value of a setting, durations in milliseconds.
 * @throws AcsEventsError ACS_EVENTS_BAD_SETTING with the setting's name and what is expected; never the value, it may be a key.
 */
export function setting<N extends SettingName>(name: N): Value<N> {
  const { default: fallback, parse } = settings[name];
  const given = process.env[name]?.trim() || fallback;
  const known = parsed.get(name);
  if (known?.text === given) return known.value as Value<N>;
  try {
    const value = parse(given);
    parsed.set(name, { text: given, value });
    return value as Value<N>;
  } catch (cause) {
    const expected = cause instanceof Error ? cause.message : "another value is expected";
    throw new AcsEventsError("ACS_EVENTS_BAD_SETTING", `Setting ${name}: ${expected}. See docs/settings.md.`, {
      retryable: true,
      cause,
    });
  }
}

/** Whether a setting can be used. */
export function settingIsValid(name: SettingName): boolean {
  return settingError(name) === undefined;
}

/** What is wrong with a setting; undefined when it is valid. */
function settingError(name: SettingName): string | undefined {
  try {
    setting(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Each setting's name with what is wrong with it, or `valid`. */
export function checkSettings(): Record<string, string> {
  const names = Object.keys(settings) as SettingName[];
  return Object.fromEntries(names.map((name) => [name, settingError(name) ?? "valid"]));
}
