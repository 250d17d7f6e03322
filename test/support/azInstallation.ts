import { acsOwner, deadLetterWriter, type Role, reader, storageRoles } from "../../scripts/doctor/roles.ts";
import { azIds, azSubscriptions } from "./azSubscriptions.ts";

const assigned = (principalId: string, { id }: Role) => ({
  principalId,
  roleDefinitionId: `/subscriptions/5b0a/providers/Microsoft.Authorization/roleDefinitions/${id}`,
});

export const azSettings = (settings: Record<string, string>) =>
  Object.entries(settings).map(([name, value]) => ({ name, value }));

/** What the commands of `az` print of an installation that is well. */
export async function azInstallation(settings: Record<string, string>, functions: readonly { name: string }[]) {
  const roles = [...Object.values(storageRoles), reader, acsOwner];
  return {
    "functionapp list": [{ name: "func-contoso" }],
    "functionapp show": {
      id: azIds.app,
      state: "Running",
      defaultHostName: "func-contoso.azurewebsites.net",
      identity: { userAssignedIdentities: { one: { clientId: azIds.appClient, principalId: azIds.appPrincipal } } },
      functionAppConfig: { runtime: { name: "node", version: "24" } },
    },
    "functionapp config appsettings list": azSettings(settings),
    "functionapp function list": functions.map(({ name }) => ({ name: `func-contoso/${name}` })),
    "functionapp keys list": { functionKeys: { default: "key" }, masterKey: "master" },
    "storage account show": { id: azIds.storage, allowSharedKeyAccess: false },
    "role assignment list": [
      ...roles.map((role) => assigned(azIds.appPrincipal, role)),
      assigned(azIds.topicPrincipal, deadLetterWriter),
    ],
    "eventgrid system-topic list": [
      { name: "evgt-contoso", source: azIds.acs, identity: { principalId: azIds.topicPrincipal } },
    ],
    "eventgrid system-topic event-subscription list": await azSubscriptions(),
  };
}
