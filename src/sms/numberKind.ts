import { isE164, toE164 } from "../events/phoneNumber.ts";

export type NumberKind = "tollFree" | "shortCode" | "longCode" | "name";

/** North America's toll-free codes in use (https://www.nanpa.com); ACS sends texts from no other toll-free numbers. */
const tollFree = /^\+18(00|33|44|55|66|77|88)\d{7}$/;

/** https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq: an alphanumeric sender id. */
export function isSenderName(text: string): boolean {
  return /^(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}$/.test(text);
}

/** What kind of sender or recipient a number is. */
export function numberKind(number: string): NumberKind {
  const value = toE164(number);
  if (tollFree.test(value)) return "tollFree";
  if (isE164(value)) return "longCode";
  return /^\d{3,8}$/.test(value) ? "shortCode" : "name";
}
