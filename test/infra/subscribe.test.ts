// infra/scripts/subscribe.sh against an `az` that writes down how it is called. The same script for PowerShell cannot run here: it is
// compared with this one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { families } from "../../src/events/families.ts";
import { inRepository, readText } from "../support/repository.ts";
import { template } from "./templates.ts";

const environment = {
  AZURE_SUBSCRIPTION_ID: "5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42",
  ACS_EVENTS_FUNCTION_APP_NAME: "func-contoso",
  ACS_EVENTS_FUNCTION_APP_ID:
    "/subscriptions/5b0a/resourceGroups/rg-contoso/providers/Microsoft.Web/sites/func-contoso",
  ACS_EVENTS_RESOURCE_GROUP: "rg-contoso",
  ACS_EVENTS_STORAGE_ACCOUNT_ID: "/subscriptions/5b0a/…/storageAccounts/stcontoso",
  ACS_EVENTS_TOPIC_NAME: "evgt-contoso",
  ACS_EVENTS_TOPIC_RESOURCE_GROUP: "rg-acs",
  ACS_EVENTS_TOPIC_SUBSCRIPTION_ID: "0c3f6b7d-2c1d-4d8e-9a57-5b0a1f6e1e42",
  ACS_EVENTS_WAIT: "0",
  ACS_EVENTS_LOOKS: "3",
};
const allFunctions = families.map((family) => `func-contoso/${family}Events`);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "acs-events-az-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Answers {
  /** The functions that the app has at each look; the last holds from then on. */
  functions?: string[][];
  /** The exit status of each command, by its first two words; 0 where nothing is said. */
  status?: Record<string, number>;
}

/** Runs the script; each call of `az` is the list of its arguments. */
function subscribe(
  given: Record<string, string | undefined> = {},
  { functions = [allFunctions], status = {} }: Answers = {},
) {
  for (const [look, names] of functions.entries()) {
    writeFileSync(join(dir, `functions-${look + 1}`), names.map((name) => `${name}\r\n`).join(""));
  }
  for (const [command, exit] of Object.entries(status)) writeFileSync(join(dir, `status-${command}`), `${exit}`);
  writeFileSync(join(dir, "calls"), "");
  writeFileSync(join(dir, "looks"), "");
  writeFileSync(join(dir, "az"), fakeAz, { mode: 0o755 });
  const env = { PATH: `${dir}:/usr/bin:/bin`, FAKE_AZ: dir, ...environment, ...given };
  const script = inRepository("infra/scripts/subscribe.sh");
  const { status: exit, stdout, stderr } = spawnSync("sh", [script], { env, encoding: "utf8" });
  const calls = readFileSync(join(dir, "calls"), "utf8").split("\u001e\n").slice(0, -1);
  return { exit, stdout, stderr, calls: calls.map((call) => call.split("\u001f").slice(0, -1)) };
}

// Arguments end with a unit separator, calls with a record separator: neither stands in an argument. Lines end as those of az on Windows.
const fakeAz = `#!/bin/sh
{ printf '%s\\037' "$@"; printf '\\036\\n'; } >>"$FAKE_AZ/calls"
if [ "$1" = functionapp ]; then
  echo look >>"$FAKE_AZ/looks"
  look=$(wc -l <"$FAKE_AZ/looks" | tr -d ' ')
  while [ ! -f "$FAKE_AZ/functions-$look" ]; do look=$((look - 1)); done
  cat "$FAKE_AZ/functions-$look"
fi
exit "$(cat "$FAKE_AZ/status-$1 $2" 2>/dev/null || echo 0)"
`;

/** The parameters of the deployment, by name. */
function parametersOf(calls: string[][]): Record<string, string> {
  const deployment = calls.find(([first]) => first === "deployment") ?? [];
  const given = deployment.slice(deployment.indexOf("--parameters") + 1);
  return Object.fromEntries(given.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]));
}

describe("subscribe.sh", () => {
  it("deploys the subscriptions where the topic is, once the functions are there", () => {
    const { exit, calls, stdout } = subscribe();
    expect([exit, stdout]).toEqual([0, `subscribe: subscribed to ${families.join(" ")}\n`]);
    expect(calls.map(([first, second]) => `${first} ${second}`)).toEqual([
      "account show",
      "functionapp function",
      "deployment group",
    ]);
    expect(calls[2]?.slice(0, calls[2].indexOf("--parameters"))).toEqual([
      ...["deployment", "group", "create", "--subscription", environment.ACS_EVENTS_TOPIC_SUBSCRIPTION_ID],
      ...["--resource-group", "rg-acs", "--name", "acs-events-subscriptions"],
      ...["--template-file", inRepository("infra/subscriptions.bicep"), "--output", "none"],
    ]);
    expect(parametersOf(calls)).toMatchObject({
      topicName: "evgt-contoso",
      functionAppId: environment.ACS_EVENTS_FUNCTION_APP_ID,
      storageAccountId: environment.ACS_EVENTS_STORAGE_ACCOUNT_ID,
      eventSchema: "EventGridSchema",
    });
  });

  it("gives each parameter of subscriptions.bicep, and no other", () => {
    const { params } = template("subscriptions.bicep");
    expect(Object.keys(parametersOf(subscribe().calls))).toEqual(params.map(({ name }) => name));
  });

  it("does the same when it runs again: one deployment of the same name, which changes nothing", () => {
    expect(subscribe().calls).toEqual(subscribe().calls);
  });

  it("waits until the host has named every function", () => {
    const { exit, calls, stdout } = subscribe({}, { functions: [[], allFunctions.slice(1), allFunctions] });
    expect(exit).toBe(0);
    expect(calls.filter(([first]) => first === "functionapp")).toHaveLength(3);
    expect(stdout).toContain("subscribe: waiting for smsEvents \n");
  });

  it("waits while az cannot list the functions yet", () => {
    const { exit, calls } = subscribe({}, { functions: [[]], status: { "functionapp function": 1 } });
    expect([exit, calls.length]).toEqual([1, 4]);
  });

  it("gives up after some looks, and says which functions are missing", () => {
    const { exit, stderr, calls } = subscribe(
      {},
      { functions: [allFunctions.filter((name) => !/sms|router/.test(name))] },
    );
    expect(exit).toBe(1);
    expect(stderr).toContain("does not have these functions: smsEvents routerEvents");
    expect(calls.filter(([first]) => first === "deployment")).toEqual([]);
  });

  it("takes a function for no other of a similar name", () => {
    const similar = allFunctions.map((name) => name.replace("/callEvents", "/incomingcallEvents"));
    expect(subscribe({}, { functions: [similar] }).stderr).toContain("these functions: callEvents");
  });

  it("waits only for the families that are wanted", () => {
    const { exit, calls } = subscribe(
      { ACS_EVENTS_SUBSCRIBED_FAMILIES: "sms, chat" },
      { functions: [allFunctions.slice(0, 2)] },
    );
    expect([exit, parametersOf(calls).families]).toEqual([0, "sms, chat"]);
  });

  it("hands on filters as they are, whatever is in them", () => {
    const thread = "19:a b'c\"$(touch x)`d`;*";
    const { calls } = subscribe({ ACS_EVENTS_SUBSCRIBED_THREAD: thread, ACS_EVENTS_SUBSCRIBED_PHONE_NUMBER: "+1833" });
    expect(parametersOf(calls)).toMatchObject({ thread, phoneNumber: "+1833" });
  });

  it.each(Object.keys(environment).filter((name) => !/WAIT|LOOKS/.test(name)))("says that %s is missing", (name) => {
    const { exit, stderr, calls } = subscribe({ [name]: undefined });
    expect([exit, stderr, calls]).toEqual([2, expect.stringContaining(`${name} is not set`), []]);
  });

  it("says when nobody is signed in", () => {
    const { exit, stderr } = subscribe({}, { status: { "account show": 1 } });
    expect([exit, stderr]).toEqual([2, expect.stringContaining("az login")]);
  });

  it("fails when the deployment does", () => {
    const { exit, stdout } = subscribe({}, { status: { "deployment group": 1 } });
    expect([exit, stdout]).toEqual([1, ""]);
  });
});

describe("subscribe.ps1", () => {
  const shell = readText("infra/scripts/subscribe.sh");
  const power = readText("infra/scripts/subscribe.ps1");
  const found = (text: string, pattern: RegExp) =>
    [...new Set([...text.matchAll(pattern)].map(([, one]) => one))].sort();

  it("reads what subscribe.sh reads", () => {
    const names = /\b((?:ACS_EVENTS|AZURE)_[A-Z_]+)\b/g;
    expect(found(power, names)).toEqual(found(shell, names));
  });

  it("calls az as subscribe.sh does", () => {
    const commands = /^.*\baz (account show|functionapp function list|deployment group create)/gm;
    expect(found(power, commands)).toEqual(found(shell, commands));
    const options = /\s--([a-z-]+)\b/g;
    expect(found(power, options)).toEqual(found(shell, options));
    const parameters = /^\s*"(\w+=\$)/gm;
    expect(found(power, parameters)).toEqual(found(shell, parameters));
  });

  it("says the same, and ends alike", () => {
    const said = (text: string) => found(text, /["'](subscribe: [^"'$]+)/g).map((one) => one?.trim());
    expect(said(power)).toEqual(said(shell));
    expect(found(power, /\bexit (\d)/g)).toEqual(found(shell, /\bexit (\d)/g));
  });
});

it("is made by azure.yaml after each deployment, for either kind of system", () => {
  const yaml = readText("azure.yaml");
  expect(yaml).toContain("\n  postdeploy:\n    posix:\n      shell: sh\n      run: infra/scripts/subscribe.sh\n");
  expect(yaml).toContain("    windows:\n      shell: pwsh\n      run: infra/scripts/subscribe.ps1\n");
  expect(yaml).toMatch(
    /\n {2}app:\n {4}project: \.\n {4}dist: \.local\/package\n {4}language: js\n {4}host: function\n {4}remoteBuild: false\n/,
  );
  expect(template("app.bicep").text).toContain("'azd-service-name': 'app'");
});

it("finds in the azd environment what main.bicep puts out", () => {
  const outputs = template("main.bicep").outputs.map(({ name }) => name);
  const read = new Set(readText("infra/scripts/subscribe.sh").match(/\bACS_EVENTS_[A-Z_]+\b/g));
  const own = ["ACS_EVENTS_WAIT", "ACS_EVENTS_LOOKS"];
  expect([...read].filter((name) => !outputs.includes(name) && !own.includes(name))).toEqual([]);
});

it("is checked by shellcheck wherever continuous integration runs", () => {
  const run = readText(".ci/run");
  expect(run).toMatch(/^shellcheck \.ci\/run infra\/scripts\/\*\.sh$/m);
});
