// Settings of calls and their recordings.
import { duration, flag, list, onOff, type Setting, spanOf, text } from "./settingKinds.ts";

export const callSettings = {
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
} satisfies Record<string, Setting<unknown>>;
