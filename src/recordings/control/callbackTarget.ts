import { setting } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";

/**
 * The address to which a recording's state may be relayed: https, without user info, on a host that the owner allows.
 * @throws AcsEventsError ACS_EVENTS_CALLBACK_NOT_ALLOWED (400)
 */
export function callbackTarget(uri: string): URL {
  const url = URL.parse(uri);
  const plain = url?.protocol === "https:" && !url.username && !url.password;
  if (url && plain && setting("CALLBACK_HOSTS").has(url.hostname)) return url;
  throw new AcsEventsError(
    "ACS_EVENTS_CALLBACK_NOT_ALLOWED",
    plain
      ? "The host of recordingStateCallbackUri is not one of the setting CALLBACK_HOSTS. The owner of this app adds it there."
      : "recordingStateCallbackUri must be an https URL without user name and password.",
    { status: 400, target: "recordingStateCallbackUri" },
  );
}
