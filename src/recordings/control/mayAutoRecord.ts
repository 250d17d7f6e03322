import { setting } from "../../config.ts";

/** Whether somebody asserts the consent that recordings by rule need, if they need it. */
export function mayAutoRecord(): boolean {
  return setting("AUTO_RECORD_CONSENT") !== "" || !setting("RECORDING_REQUIRE_CONSENT");
}
