import { nextDay } from "./nextDay.ts";
import { placedTexts } from "./placedTexts.ts";
import { readEvent } from "./readEvent.ts";
import { rowsOf } from "./rowsOf.ts";

/** Where an export reads what arrived. */
export interface Source {
  rows: typeof rowsOf;
  readEvent: typeof readEvent;
  placedTexts: typeof placedTexts;
  nextDay: typeof nextDay;
}

/** The account of the settings. */
export const account: Source = { rows: rowsOf, readEvent, placedTexts, nextDay };
