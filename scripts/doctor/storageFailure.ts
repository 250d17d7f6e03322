// What an error of storage says about the installation. Only its status and code are told: a message holds addresses and signatures.
import { AcsEventsError } from "../../src/events/errors.ts";
import { httpStatus, storageErrorCode } from "../../src/storage/onDemand.ts";
import { CouldNotCheckError } from "./couldNotCheckError.ts";
import { couldNotCheck, problem, type Said } from "./finding.ts";
import { grantToMe, storageRoles } from "./roles.ts";
import { accountName, byConnectionString, type StorageService } from "./storage.ts";

/**
 * @param what was tried: "write, read and delete a blob"
 * @throws CouldNotCheckError if the error is one: it has been judged
 */
export function storageFailure(error: unknown, service: StorageService, what: string): Said {
  if (error instanceof CouldNotCheckError) throw error;
  if (error instanceof AcsEventsError) return problem(error.message, 'docs/settings.md, "Storage".');
  const [status, code] = [httpStatus(error), storageErrorCode(error) ?? "no code"];
  if (status === undefined) return unanswered(error, service);
  const refused = `the ${service} service answers ${status} ${code} to: ${what}`;
  if (status !== 401 && status !== 403)
    return problem(refused, "Look at the storage account in the portal, then try again.");
  if (code === "AuthorizationFailure" && !byConnectionString()) {
    const rule = `az storage account network-rule add --account-name ${accountName()} --ip-address PUBLIC_ADDRESS_OF_THIS_MACHINE`;
    return problem(`${refused}: its network rules do not let this machine in`, rule);
  }
  return byConnectionString()
    ? problem(
        `${refused}: the key in AzureWebJobsStorage is not the account's, or the clock is wrong`,
        `Set AzureWebJobsStorage to what this gives: az storage account show-connection-string --name ${accountName()}`,
      )
    : problem(
        `${refused}: the role ${storageRoles[service].name} is missing`,
        grantToMe(storageRoles[service], accountName()),
      );
}

function unanswered(error: unknown, service: StorageService): Said {
  const { name = "", code } = (error ?? {}) as { name?: string; code?: unknown };
  if (/Credential|Authentication/.test(name)) {
    return couldNotCheck("nobody is signed in to Azure, so storage cannot be asked", "az login");
  }
  if (name === "RestError" || /Abort|Timeout/.test(name)) {
    return couldNotCheck(
      `the ${service} service does not answer${typeof code === "string" ? ` (${code})` : ""}`,
      "Is the account's name right, is it reached from this machine, does Azurite run (npm start)?",
    );
  }
  return problem("AzureWebJobsStorage is no connection string that can be read", 'docs/settings.md, "Storage".');
}
