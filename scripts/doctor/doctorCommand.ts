// What `npm run doctor` does: looks at everything that an installation needs, and says what is wrong and what mends it.
import { acsCredentials } from "./acsCredentials.ts";
import { callbacks } from "./callbacks.ts";
import { clockSkew } from "./clockSkew.ts";
import { deployedChecks } from "./deployed/deployedChecks.ts";
import { type Check, type Finding, notChecked } from "./finding.ts";
import { nodeVersion } from "./nodeVersion.ts";
import { problemsInStorage } from "./openProblems.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { optOuts } from "./optOuts.ts";
import { queues } from "./queues.ts";
import { recordingsAtRisk } from "./recordingsAtRisk.ts";
import { asJson, asLines, exitCodeOf } from "./report.ts";
import { runChecks } from "./runChecks.ts";
import { settingsOfProcess } from "./settings.ts";
import { isEmulated } from "./storage.ts";
import { storageParts } from "./storageParts.ts";
import { storageRole } from "./storageRole.ts";
import { ifStorageAnswers } from "./storageTime.ts";

interface Print {
  out: (line: string) => void;
  err: (line: string) => void;
}

/** Runs the command and gives its exit code. The settings are those of the process, unless a deployed app is named. */
export async function doctorCommand(args: string[], print: Print): Promise<0 | 1 | 2> {
  let options: Options;
  try {
    options = readOptions(args, process.env);
  } catch (error) {
    print.err(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  const findings = await examine(options);
  for (const line of options.json ? [asJson(findings)] : asLines(findings)) print.out(line);
  return exitCodeOf(findings);
}

async function examine(options: Options): Promise<Finding[]> {
  const here = nodeVersion("here", process.version, "npm ci brings it (README, “Node 24”)");
  if (options.deployed) return runChecks([here, ...(await deployedChecks(options.deployed, options))]);
  const change = (name: string) => `Set ${name} in local.settings.json or the environment as docs/settings.md says`;
  return runChecks([
    here,
    settingsOfProcess(change),
    clockSkew,
    ...storageChecks(),
    acsCredentials,
    callbacks(findId),
    subscriptions,
  ]);
}

const findId =
  "Set ACS_RESOURCE_ID to what this gives: az communication show --name RESOURCE --resource-group GROUP --query immutableResourceId";

const subscriptions: Check = {
  name: "subscriptions",
  look: async () => [notChecked("they belong to a deployed app", "npm run doctor -- --resource-group GROUP")],
};

function storageChecks(): Check[] {
  const services = ["blob", "queue", "table"] as const;
  const parts = services.map((service) => storageParts(service, isEmulated()));
  const inside = [queues(), optOuts, recordingsAtRisk, problemsInStorage];
  return [...services.map(storageRole), ...parts, ...inside].map(ifStorageAnswers);
}
