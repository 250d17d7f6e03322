import { type Entity, person } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { parseNumber } from "../../events/parseNumber.ts";
import { isE164 } from "../../events/phoneNumber.ts";
import { isOurs } from "../../sms/ourNumbers.ts";

/** Longest identifier; ACS's own have at most some 150 characters. */
const longest = 256;

const rawId = /^\d{1,2}:[^\s\p{Cc}/\\?#%]+$/u;
const address = /^[^\s\p{Cc}@/\\?#%]+@[^\s\p{Cc}@/\\?#%]+$/u;
/** An id of WhatsApp, for who shows no number: a country, and letters and digits. */
const businessScopedId = /^[A-Z]{2}\.[A-Za-z0-9]{6,}$/;
/** The owner's own id of a user. It has a letter: digits alone are a number. */
const userId = /^(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}._~|:+=-]*$/u;

export type NameKind = "rawId" | "phoneNumber" | "email" | "whatsApp" | "userId";

/**
 * The entity of a person by an identifier as somebody wrote it: a raw id, a phone number with country code, a short code, an e-mail address
 * or a user id of the owner's.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) for what is none; ACS_EVENTS_NOT_A_PERSON (400) for apps, withheld numbers and ours
 */
export async function personNamed(text: string, target = "identifier"): Promise<Entity> {
  const entity = entityNamed(text);
  if (entity === undefined) {
    throw new AcsEventsError(
      "ACS_EVENTS_BAD_REQUEST",
      `${target} is no raw id (8:acs:…), no phone number with its country code (+14255550123), no e-mail address and no id of a user of yours, which has a letter.`,
      { status: 400, target },
    );
  }
  if (entity === "nobody" || (await isNobody(entity))) {
    throw new AcsEventsError(
      "ACS_EVENTS_NOT_A_PERSON",
      `${target} is nobody: an app, a withheld number, or a number of yours. If one of your numbers is a person's now, delete its row in partition ourNumber of table ledger.`,
      { status: 400, target },
    );
  }
  return entity;
}

/** The same without asking which numbers are ours; undefined for what is no identifier. Pure. */
export function entityNamed(text: string): Entity | "nobody" | undefined {
  const written = spelt(text.trim());
  if (written === undefined) return undefined;
  const entity = person(written);
  return entity === undefined || entity === "person:anonymous" ? "nobody" : entity;
}

/** Whether an entity stands for no one person: a withheld number, or a number of ours, which all who text it would share. */
export async function isNobody(entity: Entity): Promise<boolean> {
  const id = entity.slice("person:".length);
  return id === "anonymous" || (kindOf(entity) === "phoneNumber" && (await isOurs(id)));
}

/** What sort of name it is. */
export function kindOf(entity: Entity): NameKind {
  const id = entity.slice("person:".length);
  if (rawId.test(id)) return "rawId";
  if (/^\+?\d+$/.test(id)) return "phoneNumber";
  if (id.includes("@")) return "email";
  return businessScopedId.test(id) ? "whatsApp" : "userId";
}

/** In the spelling that events have; undefined for what is no identifier. */
function spelt(text: string): string | undefined {
  if (text.length > longest) return undefined;
  if (rawId.test(text) || address.test(text)) return text;
  // A number with `+` is taken as it is, also one with a country code that does not exist: events came with it.
  const plain = text.replace(/[\s().-]/g, "");
  return parseNumber(text) ?? (isE164(plain) ? plain : userId.test(text) ? text : undefined);
}
