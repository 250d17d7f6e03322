import { tryAcs } from "../../src/acs/tryAcs.ts";
import { settingOrDefault } from "../../src/config.ts";
import { AcsEventsError } from "../../src/events/errors.ts";
import { type Check, couldNotCheck, notChecked, ok, problem, type Said } from "./finding.ts";

/** Tries whether ACS lets in whom the settings say. */
export const acsCredentials: Check = {
  name: "ACS credentials",
  look: async () => {
    try {
      await tryAcs();
      return [judgeAcs({ ok: true }, noGrant)];
    } catch (error) {
      if (!(error instanceof AcsEventsError)) throw error;
      return [judgeAcs({ ok: false, status: error.status, code: error.code }, noGrant)];
    }
  },
};

const noGrant = 'az role assignment create --role "Communication and Email Service Owner" --assignee … --scope …';

/**
 * What the answer of ACS means.
 * @param tried its status, and the code of the app's error
 * @param grant the command that gives the app's identity its role
 */
export function judgeAcs(tried: { ok: boolean; status?: number; code?: string }, grant: string): Said {
  const { status, code = "" } = tried;
  if (tried.ok) return ok("ACS lets the app in");
  if (code === "ACS_EVENTS_NO_ACS") return unnamed();
  if (status === 401 || status === 403) return refused(status, grant);
  if (code.startsWith("ACS_EVENTS_SIMULATOR") || code === "ACS_EVENTS_BAD_SETTING") {
    return problem(
      `ACS is not asked (${code}): a setting leads elsewhere`,
      "ACS_SIMULATOR is for development only: empty it",
    );
  }
  const says = status === undefined ? "ACS does not answer" : `ACS answers ${status}`;
  return couldNotCheck(says, "Is the endpoint right, and is it reached from there? Then try again");
}

function refused(status: number, grant: string): Said {
  if (!process.env.ACS_CONNECTION_STRING) {
    return problem(`ACS answers ${status}: the identity has no role on the resource`, grant);
  }
  return problem(
    `ACS answers ${status}: the key in ACS_CONNECTION_STRING is not the resource's, or the clock is wrong`,
    "Set ACS_CONNECTION_STRING to what this gives: az communication list-key --name RESOURCE --resource-group GROUP",
  );
}

/** An app that only archives is well without ACS. */
function unnamed(): Said {
  const wanting = [
    ...(["AUTO_REPLY", "INCOMING_CALLS", "ACS_OPT_OUT_SYNC"] as const).filter((one) => settingOrDefault(one)),
    ...(settingOrDefault("AUTO_RECORD") === "off" ? [] : ["AUTO_RECORD"]),
  ];
  if (wanting.length === 0) {
    const says = "no ACS resource is named: events are archived, and recordings cannot be saved";
    return notChecked(says, "Set ACS_ENDPOINT or ACS_CONNECTION_STRING, if that is not what you want");
  }
  return problem(
    `${wanting.join(", ")} is on, and no ACS resource is named`,
    "Set ACS_ENDPOINT or ACS_CONNECTION_STRING",
  );
}
