import { afterEach, describe, expect, it, vi } from "vitest";
import { type SettingName, setting, settings } from "../../src/config.ts";
import { readText, sourceFiles } from "../support/repository.ts";

const names = Object.keys(settings) as SettingName[];

afterEach(() => vi.unstubAllEnvs());

describe("local.settings.sample.json", () => {
  const sample: { IsEncrypted: unknown; Values: Record<string, unknown> } = JSON.parse(
    readText("local.settings.sample.json"),
  );

  it("is not encrypted, and has only texts as values", () => {
    expect(sample.IsEncrypted).toBe(false);
    expect(Object.values(sample.Values).filter((value) => typeof value !== "string")).toEqual([]);
  });

  it("has every setting that the code reads, and no other but the worker's", () => {
    expect(Object.keys(sample.Values).sort()).toEqual([...names, "FUNCTIONS_WORKER_RUNTIME"].sort());
  });

  it.each(names)("has a valid value for %s: the default, or the local account", (name) => {
    const value = String(sample.Values[name]);
    expect(value).toBe(name === "AzureWebJobsStorage" ? "UseDevelopmentStorage=true" : settings[name].default);
    expect(() => settings[name].parse(value)).not.toThrow();
  });
});

describe("docs/settings.md", () => {
  const rows = [...readText("docs/settings.md").matchAll(/^\| `(\w+)` \|(.*)\|$/gm)];

  it("has one row for every setting, and for no other", () => {
    expect(rows.map(([, name]) => name).sort()).toEqual([...names].sort());
  });

  it.each(names)("says the default and the meaning of %s as src/config.ts does", (name) => {
    const cells = rows.find(([, documented]) => documented === name)?.[2]?.split("|") ?? [];
    const fallback = settings[name].default && `\`${settings[name].default}\``;
    expect(cells.map((cell) => cell.trim())).toEqual([fallback, settings[name].meaning]);
  });
});

it("reads the environment nowhere but in src/config.ts and src/settings", () => {
  const readers = sourceFiles("src").filter((path) => /\benv\b/.test(readText(path).replace(/^\s*(\/\/|\*).*$/gm, "")));
  expect(readers.filter((path) => !path.startsWith("src/settings/"))).toEqual(["src/config.ts"]);
});

describe("a setting", () => {
  it.each<[SettingName, string, unknown]>([
    ["ACS_CONNECTION_STRING", "endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0", "same"],
    ["ACS_CONNECTION_STRING", "endpoint=http://127.0.0.1:7073/;accesskey=c2VjcmV0", "same"],
    ["ACS_ENDPOINT", "https://contoso.communication.azure.com", "same"],
    ["ALLOWED_TOPICS", "", new Set()],
    ["ALLOWED_TOPICS", "/subscriptions/A, /subscriptions/b", new Set(["/subscriptions/a", "/subscriptions/b"])],
    ["CALLBACK_HOSTS", "Contoso.example, fabrikam.example", new Set(["contoso.example", "fabrikam.example"])],
    ["PUBLIC_BASE_URL", "https://contoso.azurewebsites.net/", "https://contoso.azurewebsites.net"],
    ["PUBLIC_BASE_URL", "http://127.0.0.1:7071", "same"],
    ["RECORDING_WINDOW_HOURS", "48", 48 * 3_600_000],
    ["RECORDING_JOB_TIME", "00:01:00", 60_000],
    ["RECORDING_DELETE_AT_SOURCE", "TRUE", true],
    ["AUTO_RECORD", "Group", "group"],
    ["DELAY_SCALE", "0.01", 0.01],
    ["AUTO_REPLY", "ON", true],
    ["AUTO_REPLY", "off", false],
    ["AUTO_REPLY", "", false],
    ["REPLY_UNCERTAIN_AFTER", "", 15 * 60_000],
    ["REPLY_UNCERTAIN_AFTER", "01:02:03", 3_723_000],
    ["REPLY_UNCERTAIN_AFTER", "90", 90_000],
    ["REPLY_UNCERTAIN_AFTER", " 90 ", 90_000],
  ])("%s is understood as %j", (name, text, value) => {
    vi.stubEnv(name, text);
    expect(setting(name)).toEqual(value === "same" ? text : value);
  });

  it.each<[SettingName, string]>([
    ["ACS_CONNECTION_STRING", "accesskey=c2VjcmV0"],
    ["ACS_CONNECTION_STRING", "endpoint=https://contoso.communication.azure.com/"],
    ["ACS_ENDPOINT", "fabrikam.communication.azure.com"],
    ["AUTO_REPLY", "yes"],
    ["REPLY_UNCERTAIN_AFTER", "soon"],
    ["REPLY_UNCERTAIN_AFTER", "-15"],
    ["REPLY_UNCERTAIN_AFTER", "15:00"],
    ["SMS_TIMEOUT", "900"],
    ["DELIVERY_REPORT_TIMEOUT_MINUTES", "20160"],
  ])("%s = %s is refused with its name and what is expected, never with the value", (name, text) => {
    vi.stubEnv(name, text);
    const error = errorOf(() => setting(name));
    expect(error).toMatchObject({ code: "ACS_EVENTS_BAD_SETTING", retryable: true });
    expect(error.message).toMatch(new RegExp(`^Setting ${name}: .* expected`));
    expect([error.message, String(error.cause)].join()).not.toContain(text);
  });

  it("is read when it is used, so that a worker which gets its settings late has them", () => {
    vi.stubEnv("AUTO_REPLY", "off");
    expect(setting("AUTO_REPLY")).toBe(false);
    vi.stubEnv("AUTO_REPLY", "on");
    expect(setting("AUTO_REPLY")).toBe(true);
  });
});

function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("It did not throw an Error.");
}
