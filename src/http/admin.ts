// Who may do what cannot be undone: whoever has the host's master key, or, where Entra ID signs users in, whoever has the role ADMIN_ROLE.
import type { HttpRequest } from "@azure/functions";
import { setting, settingIsValid } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";
import { printable } from "../events/printable.ts";

/** Longest name of somebody who acts. */
const longest = 200;

/**
 * The level of the doors of administrators. With ADMIN_ROLE set, `admin` below looks at the role in place of a key. Read when functions are
 * registered: a change of settings restarts the app. A wrong setting opens nothing.
 */
export function adminLevel(): "admin" | "anonymous" {
  return settingIsValid("ADMIN_ROLE") && setting("ADMIN_ROLE") !== "" ? "anonymous" : "admin";
}

/**
 * Who acts, to be stored with what they do: the signed-in user, else what the header `x-acs-events-actor` says beside the master key.
 * @throws AcsEventsError ACS_EVENTS_NOT_ADMIN (403) for a user without the role ADMIN_ROLE, (401) for nobody
 */
export function admin({ headers }: HttpRequest): string {
  const role = setting("ADMIN_ROLE");
  if (role === "") return printable(headers.get("x-acs-events-actor")?.trim() || "master key", longest);
  const user = signedIn(headers.get("x-ms-client-principal"));
  if (!user) throw refusal(401, "Sign in with Entra ID: ADMIN_ROLE is set, and App Service authentication must be on.");
  if (!user.roles.includes(role)) throw refusal(403, `This needs the app role ${role} (setting ADMIN_ROLE).`);
  return printable(user.name, longest);
}

interface Principal {
  claims?: { typ?: unknown; val?: unknown }[];
  role_typ?: unknown;
  name_typ?: unknown;
}

const names = ["preferred_username", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"];
const ids = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];

/**
 * The user that App Service authentication vouches for; the setting ADMIN_ROLE makes sure that it is on.
 * https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities
 */
function signedIn(header: string | null): { name: string; roles: string[] } | undefined {
  if (!header) return undefined;
  const { claims, role_typ } = parsed(header);
  if (!Array.isArray(claims)) return undefined;
  const valuesOf = (...types: unknown[]) =>
    claims.flatMap(({ typ, val }) => (types.includes(typ) && typeof val === "string" ? [val] : []));
  const name = valuesOf(...names)[0] ?? valuesOf(...ids)[0];
  return name === undefined ? undefined : { name, roles: valuesOf("roles", role_typ) };
}

function parsed(header: string): Principal {
  try {
    return (JSON.parse(Buffer.from(header, "base64").toString("utf8")) ?? {}) as Principal;
  } catch {
    return {};
  }
}

function refusal(status: 401 | 403, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_NOT_ADMIN", message, { status });
}
