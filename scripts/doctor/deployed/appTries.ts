// What the app tries with its own identity or keys: nobody else can.
import { judgeAcs } from "../acsCredentials.ts";
import { judgeSkew } from "../clockSkew.ts";
import { type Check, couldNotCheck, ok, problem, type Said } from "../finding.ts";
import { judgeHashKey } from "../optOuts.ts";
import { acsOwner, grantTo, storageRoles } from "../roles.ts";
import type { StorageService } from "../storage.ts";
import { whatIsTried } from "../storageRole.ts";
import type { StorageAccount } from "../subscriptions/expected.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asObject, asText, type Json } from "./json.ts";

/**
 * @param details of `GET /api/health/details?try=true`
 * @param acs resource ids of ACS
 */
export function appTries(
  app: DeployedApp,
  details: Json,
  account: () => Promise<StorageAccount>,
  acs: readonly string[],
): Check[] {
  const tries = asObject(details.tries);
  const services = Object.keys(whatIsTried) as StorageService[];
  return [
    ...services.map((service) => ({
      name: `storage role, ${service}`,
      look: async () => [await judgeStorage(service, asObject(tries[service]), app, account)],
    })),
    {
      name: "ACS credentials",
      look: async () => {
        const grant = grantTo(app.principalId ?? "PRINCIPAL", acsOwner, acs[0] ?? "RESOURCE_ID_OF_ACS");
        return [tries.acs === undefined ? older : judgeAcs(triedIn(asObject(tries.acs)), grant)];
      },
    },
    {
      name: "clock",
      look: async () => [typeof tries.clockAheadMs === "number" ? judgeSkew(tries.clockAheadMs) : older],
    },
    {
      name: "opt-outs",
      look: async () => {
        const known = (Object.keys(judgeHashKey) as (keyof typeof judgeHashKey)[]).find((one) => one === tries.hashKey);
        return [known ? judgeHashKey[known] : older];
      },
    },
  ];
}

const older: Said = couldNotCheck(
  "the app does not say: it is of an older version, or storage does not answer it",
  "azd deploy",
);

async function judgeStorage(
  service: StorageService,
  json: Json,
  { settings, principalId }: DeployedApp,
  account: () => Promise<StorageAccount>,
): Promise<Said> {
  const { ok: done, status, code } = triedIn(json);
  if (done) return ok(`the app may ${whatIsTried[service]}`);
  if (code === undefined) return older;
  if (status === undefined) {
    const advice =
      "Is AzureWebJobsStorage__accountName right? Is storage private, and the app in its network? azd provision";
    return problem(`the ${service} service does not answer the app (${code})`, advice);
  }
  const says = `the ${service} service answers ${status} ${code} to the app, which is to ${whatIsTried[service]}`;
  if (settings.get("AzureWebJobsStorage") || principalId === undefined) {
    return problem(
      says,
      "Set AzureWebJobsStorage to the account's connection string, or give the app an identity: azd provision",
    );
  }
  return problem(says, grantTo(principalId, storageRoles[service], (await account()).id));
}

function triedIn({ ok: done, status, code }: Json) {
  return { ok: done === true, status: typeof status === "number" ? status : undefined, code: asText(code) };
}
