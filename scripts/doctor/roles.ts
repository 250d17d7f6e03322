// The roles that infra/ grants, as docs/security.md explains them.
import type { StorageService } from "./storage.ts";

export interface Role {
  name: string;
  /** Of the role definition, the same in every tenant. */
  id: string;
}

export const storageRoles: Record<StorageService, Role> = {
  blob: { name: "Storage Blob Data Owner", id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b" },
  queue: { name: "Storage Queue Data Contributor", id: "974c5e8b-45b9-4653-ba55-5f855dd0fb88" },
  table: { name: "Storage Table Data Contributor", id: "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3" },
};
export const reader: Role = { name: "Reader", id: "acdd72a7-3385-48ef-bd42-f606fba81ae7" };
export const acsOwner: Role = {
  name: "Communication and Email Service Owner",
  id: "09976791-48a7-449e-bb21-39d1a415f350",
};
export const deadLetterWriter: Role = {
  name: "Storage Blob Data Contributor",
  id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
};

/** The command that gives a role to an identity of Azure. */
export function grantTo(principalId: string, { name }: Role, scope: string): string {
  return (
    `az role assignment create --role "${name}" --assignee-object-id ${principalId} ` +
    `--assignee-principal-type ServicePrincipal --scope ${scope}`
  );
}

/** The command that gives a role on a storage account to whoever runs it. */
export function grantToMe({ name }: Role, account: string): string {
  return (
    `az role assignment create --role "${name}" --assignee "$(az ad signed-in-user show --query id --output tsv)" ` +
    `--scope "$(az storage account show --name ${account} --query id --output tsv)"`
  );
}
