// Every setting that the code reads: its default, its meaning and its check. docs/settings.md and local.settings.sample.json
// are tested against this table. Values are read at use, never at import: a specialised worker gets its settings after it started.
import { AcsEventsError } from "./events/errors.ts";
import { count, duration, flag, list, onOff, type Setting, spanOf, text } from "./settingKinds.ts";

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
    parse: (value: string): ReadonlySet<string> => new Set(list(value).map((topic) => topic.toLowerCase())),
  },
  AUTO_REPLY: onOff("on: received texts are answered by the rules of config/auto-replies.json."),
  REPLY_UNCERTAIN_AFTER: duration(
    "00:15:00",
    "Age (hh:mm:ss, or seconds) from which a text that may have been sent, and was never confirmed, is not sent again.",
  ),
  AUTO_REPLY_MAX_PER_HOUR: count(
    10,
    "How many automatic replies one sender gets from one of our numbers within an hour, up to 250; 0 = none.",
  ),
  AUTO_REPLY_MAX_AGE_MINUTES: spanOf(
    "minutes",
    60,
    "A text that is older than this, in minutes, when its reply is due is not answered: it was delivered late.",
  ),
  AUTO_REPLY_REPEAT_MINUTES: spanOf(
    "minutes",
    10,
    "A text that repeats the words of one that was answered is not answered for so many minutes.",
  ),
  SMS_MAX_PER_DAY: count(
    1000,
    "How many texts are sent in a day (UTC), automatic and by hand; a problem is raised when they are spent.",
  ),
  SMS_TIMEOUT: duration(
    "00:00:30",
    "How long (hh:mm:ss, or seconds; 1 to 240) an answer of ACS to a text or an opt-out is waited for.",
    [1, 240],
  ),
  DELIVERY_REPORT_TIMEOUT_MINUTES: spanOf(
    "minutes",
    720,
    "How long the delivery report of a text is waited for, in minutes (1 to 7200), before the text counts as unconfirmed.",
    [1, 7200],
  ),
  SHORT_CODE_OPT_OUT: {
    default: "acs",
    meaning: "Who answers STOP, START and HELP that are sent to a short code: acs, or app (this app).",
    parse: (value: string): "acs" | "app" => {
      const who = (["acs", "app"] as const).find((one) => one === value.toLowerCase());
      if (!who) throw new Error("acs or app is expected");
      return who;
    },
  },
  ACS_OPT_OUT_SYNC: flag("true: opt-outs are also kept at ACS, which then blocks texts to them."),
  HASH_KEY: {
    default: "",
    meaning:
      "Key (32 characters or more) of the hashes under which opt-outs are kept; empty = one that the app makes and keeps in its ledger. It cannot be changed.",
    parse: (value: string) => {
      if (value && value.length < 32) throw new Error("32 characters or more are expected");
      return value;
    },
  },
  INCOMING_CALLS: onOff(
    "on: calls that ring are redirected, rejected or answered by the rules of config/incoming-calls.json.",
  ),
  RECORDING_WINDOW_HOURS: spanOf(
    "hours",
    24,
    "How long after its end ACS keeps a recording, in hours. It sets alarms only; downloads go on while ACS has the file.",
  ),
  RECORDING_JOB_TIME: duration(
    "00:20:00",
    "Time (hh:mm:ss, or seconds) after which a download stops at a block and goes on in a new job; below functionTimeout in host.json.",
  ),
  RECORDING_ANNOUNCE_MINUTES: spanOf(
    "minutes",
    10,
    "How long after its stop a recording that was started here may stay without its event, in minutes, before a problem is raised.",
  ),
  RECORDING_PAUSE_ALERT_MINUTES: spanOf(
    "minutes",
    30,
    "How long a recording may be paused, in minutes, before a problem is raised.",
  ),
  RECORDING_DELETE_AT_SOURCE: flag("true: a recording is deleted at ACS once it is archived and verified."),
  RECORDING_REQUIRE_CONSENT: flag("true: a recording is started only if the request says who asserts consent."),
  AUTO_RECORD: {
    default: "off",
    meaning: "Which calls are recorded as they start: off, all, group (with a group id), room (in a room).",
    parse: (value: string): "off" | "all" | "group" | "room" => {
      const wanted = (["off", "all", "group", "room"] as const).find((mode) => mode === value.toLowerCase());
      if (!wanted) throw new Error("off, all, group or room is expected");
      return wanted;
    },
  },
  AUTO_RECORD_CONSENT: text(
    "Who asserts the consent of all participants to AUTO_RECORD, when RECORDING_REQUIRE_CONSENT is true.",
  ),
  PUBLIC_BASE_URL: {
    default: "",
    meaning:
      "Address (https://host) under which ACS reaches this app with callbacks; empty = https://{WEBSITE_HOSTNAME}, which Azure sets.",
    parse: (value: string) => {
      const hostname = process.env.WEBSITE_HOSTNAME;
      const given = value || (hostname ? `https://${hostname}` : "");
      const url = URL.parse(given);
      const loopback = url?.protocol === "http:" && /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(url.hostname);
      if (given && url?.protocol !== "https:" && !loopback)
        throw new Error("a URL such as https://contoso.azurewebsites.net is expected");
      return given.replace(/\/+$/, "");
    },
  },
  ACS_RESOURCE_ID: text(
    "Immutable id (a GUID) of the ACS resource, the audience of its callbacks' tokens; empty = callbacks are refused.",
  ),
  CALLBACK_HOSTS: {
    default: "",
    meaning:
      "Hosts, separated by commas, to which the state of a recording may be relayed (recordingStateCallbackUri).",
    parse: (value: string): ReadonlySet<string> => {
      const hosts = list(value).map((host) => host.toLowerCase());
      if (!hosts.every((host) => /^[a-z0-9.-]+$/.test(host)))
        throw new Error("names of hosts are expected, without port");
      return new Set(hosts);
    },
  },
  DELAY_SCALE: {
    default: "1",
    meaning: "Development only: factor for the delays of jobs that wait.",
    parse: (value: string): number => {
      if (!/^\d+(\.\d+)?$/.test(value)) throw new Error("a number is expected");
      return Number(value);
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

/** The value of a setting, or of its default when it is invalid: for what must go on all the same. Health tells of it. */
export function settingOrDefault<N extends SettingName>(name: N): Value<N> {
  return settingIsValid(name) ? setting(name) : (settings[name].parse(settings[name].default) as Value<N>);
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
