// What is looked at when a deployed app is: by Azure what is on record, by the app what only its identity can try, and by whoever runs this
// what is in storage, if they may look.
import { setting } from "../../../src/config.ts";
import { callbacks } from "../callbacks.ts";
import { CouldNotCheckError } from "../couldNotCheckError.ts";
import { type Check, notChecked, ok, problem } from "../finding.ts";
import { nodeVersion } from "../nodeVersion.ts";
import { once } from "../once.ts";
import { openProblems } from "../openProblems.ts";
import type { Options } from "../options.ts";
import { accountName } from "../storage.ts";
import type { StorageAccount } from "../subscriptions/expected.ts";
import { appFunctions, appSettings, countOverHttp } from "./appChecks.ts";
import { appTries } from "./appTries.ts";
import { type AskApp, openApp } from "./askApp.ts";
import { type Az, openAz } from "./az.ts";
import { type DeployedApp, functionKey, readDeployedApp } from "./deployedApp.ts";
import { acsRoleCheck, readStorageAccount, storageRoleChecks } from "./roleChecks.ts";
import { storageView } from "./storageView.ts";
import { subscriptionChecks } from "./subscriptionChecks.ts";
import { takeSettings } from "./takeSettings.ts";

export async function deployedChecks(deployed: NonNullable<Options["deployed"]>, options: Options): Promise<Check[]> {
  const az = openAz(deployed.subscription);
  try {
    const app = await readDeployedApp(az, deployed);
    takeSettings(app);
    return await checksOf(az, app, options);
  } catch (error) {
    // Without the app there is nothing to look at; runChecks says why.
    return [{ name: "deployed app", look: () => Promise.reject(error) }];
  }
}

async function checksOf(az: Az, app: DeployedApp, options: Options): Promise<Check[]> {
  const { group, name, node } = app;
  const ask = openApp(
    app,
    once(() => functionKey(az, app)),
  );
  const account = once(() => readStorageAccount(az, accountName()));
  const acs = options.acs ? [options.acs] : [...setting("ALLOWED_TOPICS")];
  return [
    isRunning(app),
    nodeVersion(
      "there",
      node,
      `azd provision, or: az functionapp config set -g ${group} -n ${name} --linux-fx-version "Node|24"`,
    ),
    ...(await whatTheAppSays(app, ask, account, acs)),
    callbacks("azd provision sets ACS_RESOURCE_ID; or az communication show --query immutableResourceId"),
    storageRoleChecks(az, app, account),
    acsRoleCheck(az, app, acs),
    appFunctions(app),
    ...(acs.length === 0 ? [noTopicNamed] : acs.flatMap((id) => subscriptionChecks(az, app, id, options, account))),
    ...(await storageView()),
  ];
}

function isRunning({ state, group, name }: DeployedApp): Check {
  const start = `az functionapp start --resource-group ${group} --name ${name}`;
  const wrong =
    state === undefined ? notChecked("Azure does not say whether it runs") : problem(`${name} is ${state}`, start);
  return { name: "function app", look: async () => [state === "Running" ? ok("runs") : wrong] };
}

/** What can be had of the app only. One that does not answer is told of once. */
async function whatTheAppSays(
  app: DeployedApp,
  ask: AskApp,
  account: () => Promise<StorageAccount>,
  acs: readonly string[],
): Promise<Check[]> {
  try {
    const details = await ask("/api/health/details?try=true");
    return [appSettings(app, details), ...appTries(app, details, account, acs), openProblems(countOverHttp(ask))];
  } catch (error) {
    return [{ name: "app", look: () => Promise.reject(error) }];
  }
}

const noTopicNamed: Check = {
  name: "subscriptions",
  look: () =>
    Promise.reject(
      new CouldNotCheckError(
        "ALLOWED_TOPICS names no ACS resource whose subscriptions could be looked at",
        "--acs RESOURCE_ID",
      ),
    ),
};
