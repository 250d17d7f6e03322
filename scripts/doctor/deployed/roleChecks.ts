// The roles of the app's identity and of the topic's, as Azure has them on record: nobody else can try them.
import { CouldNotCheckError } from "../couldNotCheckError.ts";
import { type Check, notChecked, ok, problem, type Said } from "../finding.ts";
import { acsOwner, deadLetterWriter, grantTo, type Role, reader, storageRoles } from "../roles.ts";
import type { StorageAccount } from "../subscriptions/expected.ts";
import type { Az } from "./az.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asList, asObject, asText } from "./json.ts";

/** The account that the app names. @throws CouldNotCheckError */
export async function readStorageAccount(az: Az, account: string): Promise<StorageAccount> {
  const shown = asObject(await az("storage", "account", "show", "--name", account));
  const id = asText(shown.id);
  if (id === undefined)
    throw new CouldNotCheckError(`az tells nothing of ${account}`, `az storage account show --name ${account}`);
  const { defaultAction, bypass } = asObject(shown.networkRuleSet);
  return {
    id,
    keyless: shown.allowSharedKeyAccess === false,
    closed: defaultAction === "Deny" || shown.publicNetworkAccess === "Disabled",
    trustsAzure: /\bAzureServices\b/.test(asText(bypass) ?? ""),
  };
}

/** Roles that hold all that a narrower one does: Contributor and Owner, for ACS; Blob Data Owner, for dead letters. */
const wider: Record<string, string[]> = {
  [acsOwner.id]: ["b24988ac-6180-42a0-ab88-20f7382dd24c", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"],
  [deadLetterWriter.id]: [storageRoles.blob.id],
  [reader.id]: ["b24988ac-6180-42a0-ab88-20f7382dd24c", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"],
};

export function storageRoleChecks(
  az: Az,
  { principalId, settings }: DeployedApp,
  account: () => Promise<StorageAccount>,
): Check {
  return {
    name: "storage roles of the app",
    look: async () => {
      if (settings.get("AzureWebJobsStorage")) return [notChecked("the app reaches storage by connection string")];
      if (principalId === undefined) return [noIdentity()];
      const wanted = [...Object.values(storageRoles), reader];
      return judgeRoles(az, principalId, wanted, (await account()).id);
    },
  };
}

export function acsRoleCheck(az: Az, { principalId, settings }: DeployedApp, acs: readonly string[]): Check {
  return {
    name: "ACS role of the app",
    look: async () => {
      if (settings.get("ACS_CONNECTION_STRING")) return [notChecked("the app reaches ACS by connection string")];
      if (!settings.get("ACS_ENDPOINT"))
        return [notChecked("no ACS resource is named: events are archived, and no more")];
      if (principalId === undefined) return [noIdentity()];
      const said = await Promise.all(acs.map((id) => judgeRoles(az, principalId, [acsOwner], id)));
      return said.flat();
    },
  };
}

/**
 * Whether Event Grid gets at container `dead-letters`.
 * @param principalId of the topic's system-assigned identity
 */
export async function judgeDeadLetterRole(
  az: Az,
  principalId: string | undefined,
  account: StorageAccount,
): Promise<Said[]> {
  if (principalId === undefined) {
    return [problem("the topic has no system-assigned identity to write dead letters with", "azd provision")];
  }
  const said = await judgeRoles(
    az,
    principalId,
    [deadLetterWriter],
    `${account.id}/blobServices/default/containers/dead-letters`,
  );
  if (!account.closed || account.trustsAzure) return said;
  const mend = `az storage account update --ids ${account.id} --bypass AzureServices`;
  return [
    ...said,
    problem("the storage account is closed, also to services that Azure trusts: dead letters are lost", mend),
  ];
}

async function judgeRoles(az: Az, principalId: string, wanted: readonly Role[], scope: string): Promise<Said[]> {
  const assigned = asList(await az("role", "assignment", "list", "--scope", scope, "--include-inherited"));
  const ids = assigned
    .filter((one) => asText(one.principalId)?.toLowerCase() === principalId.toLowerCase())
    .map((one) => asText(one.roleDefinitionId)?.split("/").at(-1)?.toLowerCase());
  const missing = wanted.filter(({ id }) => ![id, ...(wider[id] ?? [])].some((one) => ids.includes(one)));
  const where = scope.split("/").at(-1);
  if (missing.length === 0) return [ok(`${wanted.map(({ name }) => name).join(", ")} on ${where}`)];
  return missing.map((role) => problem(`${role.name} is missing on ${where}`, grantTo(principalId, role, scope)));
}

function noIdentity(): Said {
  return problem("the app has no identity that its settings name", "azd provision, or az functionapp identity assign");
}
