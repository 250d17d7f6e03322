import { idOf } from "./entities.ts";
import type { Identifier } from "./models.ts";

/** As ACS names the kinds of identifiers. */
export type IdentifierKind =
  | "phoneNumber"
  | "communicationUser"
  | "microsoftTeamsUser"
  | "microsoftTeamsApp"
  | "teamsExtensionUser"
  | "unknown";

/** How raw ids of three parts begin. Source: createIdentifierFromRawId of @azure/communication-common 2.5.0. */
const kinds = new Map<string, IdentifierKind>([
  ["8:teamsvisitor", "microsoftTeamsUser"],
  ["8:orgid", "microsoftTeamsUser"],
  ["8:dod", "microsoftTeamsUser"],
  ["8:gcch", "microsoftTeamsUser"],
  ["8:acs", "communicationUser"],
  ["8:dod-acs", "communicationUser"],
  ["8:gcch-acs", "communicationUser"],
  ["8:spool", "communicationUser"],
  ["28:orgid", "microsoftTeamsApp"],
  ["28:gcch", "microsoftTeamsApp"],
  ["28:dod", "microsoftTeamsApp"],
]);

/** What kind of participant this is. The raw id tells, as `kind` itself mostly is absent; else the member that is there. */
export function identifierKind(identifier: Identifier): IdentifierKind {
  const kind = kindOfRawId(idOf(identifier) ?? "");
  if (kind !== "unknown") return kind;
  if (identifier.phoneNumber) return "phoneNumber";
  if (identifier.communicationUser) return "communicationUser";
  if (identifier.microsoftTeamsUser) return "microsoftTeamsUser";
  if (identifier.microsoftTeamsApp) return "microsoftTeamsApp";
  return identifier.teamsExtensionUser ? "teamsExtensionUser" : "unknown";
}

function kindOfRawId(rawId: string): IdentifierKind {
  if (rawId.startsWith("4:")) return "phoneNumber";
  const [type, cloud, id, ...more] = rawId.split(":");
  if (id === undefined || more.length > 0) return "unknown";
  const kind = kinds.get(`${type}:${cloud}`) ?? "unknown";
  // A user of Teams Phone extensibility is resource, tenant and user.
  const extension = kind === "communicationUser" && cloud !== "spool" && id.split("_").length === 3;
  return extension ? "teamsExtensionUser" : kind;
}
