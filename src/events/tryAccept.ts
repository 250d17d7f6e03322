import { accept } from "./accept.ts";
import type { AcsEvent } from "./acsEvent.ts";
import { Rejected } from "./rejected.ts";

/** The event, or why it is none; `accept` for those who go on either way. */
export function tryAccept(raw: unknown, rules: Parameters<typeof accept>[1] = {}): AcsEvent | Rejected {
  try {
    return accept(raw, rules);
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
}
