import { settingIsValid, settingOrDefault } from "../../src/config.ts";
import { type Check, notChecked, ok, problem, type Said } from "./finding.ts";

/**
 * Whether ACS's callbacks come and are believed. Without them the states of recordings are asked for, but nobody learns what became of calls that
 * the app answers.
 * @param findId the command that tells the id of the ACS resource
 */
export function callbacks(findId: string): Check {
  return {
    name: "callbacks",
    look: async () => {
      const needing = [
        ...(settingOrDefault("INCOMING_CALLS") ? ["INCOMING_CALLS"] : []),
        ...(settingOrDefault("AUTO_RECORD") === "off" ? [] : ["AUTO_RECORD"]),
      ];
      const missing = missingIn(needing.join(" and "), findId);
      if (missing.length === 0) return [ok("ACS can reach the app, and its tokens can be checked")];
      return needing.length > 0 ? missing : [notChecked("nothing is on that needs them")];
    },
  };
}

function missingIn(needing: string, findId: string): Said[] {
  const said: Said[] = [];
  if (settingOrDefault("ACS_RESOURCE_ID") === "") {
    said.push(problem(`ACS_RESOURCE_ID is empty, so all callbacks are refused; ${needing} needs them`, findId));
  }
  if (settingIsValid("PUBLIC_BASE_URL") && settingOrDefault("PUBLIC_BASE_URL") === "") {
    const advice = "Set PUBLIC_BASE_URL to the address under which ACS reaches the app: https://…";
    said.push(problem(`PUBLIC_BASE_URL is empty, so ACS has no address for callbacks; ${needing} needs one`, advice));
  }
  return said;
}
