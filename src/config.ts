// Every setting that the code reads: its default, its meaning and its check. docs/settings.md and local.settings.sample.json
// are tested against this table. Values are read at use, never at import: a specialised worker gets its settings after it started.
import { AcsEventsError } from "./events/errors.ts";
import { callSettings } from "./settings/callSettings.ts";
import { developmentSettings } from "./settings/developmentSettings.ts";
import { ownerSettings } from "./settings/ownerSettings.ts";
import { resourceSettings } from "./settings/resourceSettings.ts";
import { smsSettings } from "./settings/smsSettings.ts";
import { telemetrySettings } from "./settings/telemetrySettings.ts";

export const settings = {
  ...resourceSettings,
  ...smsSettings,
  ...callSettings,
  ...ownerSettings,
  ...telemetrySettings,
  ...developmentSettings,
};

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
