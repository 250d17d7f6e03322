import type { WorkKey } from "../../storage/ledger.ts";

/** Blobs whose problem may be resolved by itself. */
export type OpenLetter = { blob: string; taken?: string };

export const openLetterKey = (blob: string): WorkKey => ["open", "deadLetter", blob];
export const openLetters: WorkKey = ["open", "deadLetter"];
