import { recordingState } from "../../src/acs/callRecording.ts";
import { setting } from "../../src/config.ts";
import { AcsEventsError } from "../../src/events/errors.ts";
import { type Check, couldNotCheck, notChecked, ok, problem, type Said } from "./finding.ts";
import { isReference } from "./isReference.ts";

const name = "ACS credentials";

/**
 * Asks ACS for the state of a recording that nobody has: it says that there is none only to whom it lets in.
 * @param mayAsk false where the identity of whoever runs this would be tried in place of the app's
 */
export function acsCredentials(mayAsk: boolean): Check {
  return {
    name,
    look: async () => {
      if (isReference(process.env.ACS_CONNECTION_STRING)) return [notChecked("ACS_CONNECTION_STRING is in Key Vault")];
      if (!mayAsk) return [notChecked("the app's identity is told by its role, and by the app's open problems")];
      if (!setting("ACS_CONNECTION_STRING") && !setting("ACS_ENDPOINT")) return [unnamed()];
      try {
        await recordingState("doctor");
        return [ok("ACS lets the app in")];
      } catch (error) {
        return [judge(error)];
      }
    },
  };
}

function judge(error: unknown): Said {
  const status = error instanceof AcsEventsError ? error.status : undefined;
  if (status === 400 || status === 404) return ok("ACS lets the app in");
  if (status === 401 || status === 403) {
    return setting("ACS_CONNECTION_STRING")
      ? problem(
          `ACS answers ${status}: the key in ACS_CONNECTION_STRING is not the resource's, or the clock is wrong`,
          "Set ACS_CONNECTION_STRING to what this gives: az communication list-key --name RESOURCE --resource-group GROUP",
        )
      : problem(
          `ACS answers ${status}: the identity has no role on the resource`,
          'az role assignment create --role "Communication and Email Service Owner" --assignee IDENTITY --scope RESOURCE_ID_OF_ACS',
        );
  }
  if (error instanceof AcsEventsError && error.code.startsWith("ACS_EVENTS_SIMULATOR")) {
    return problem(error.message, "Set ACS_SIMULATOR to nothing outside of development");
  }
  const what = status === undefined ? "does not answer" : `answers ${status}`;
  return couldNotCheck(`ACS ${what}`, "Is the endpoint right, and is it reached from this machine? Then try again");
}

/** An app that only archives is well without ACS. */
function unnamed(): Said {
  const needing = (["AUTO_REPLY", "INCOMING_CALLS"] as const).filter((one) => setting(one));
  const wanting = [...needing, ...(setting("AUTO_RECORD") === "off" ? [] : ["AUTO_RECORD"])];
  if (wanting.length === 0) {
    return notChecked(
      "no ACS resource is named: events are archived, and recordings cannot be saved",
      "docs/settings.md",
    );
  }
  return problem(
    `${wanting.join(", ")} is on, and no ACS resource is named`,
    "Set ACS_ENDPOINT or ACS_CONNECTION_STRING",
  );
}
