import { accept } from "../../events/accept.ts";
import { readArchived } from "../../storage/archive.ts";
import { firstRows, type Range } from "../../storage/firstRows.ts";
import { isNoMore } from "../isNoMore.ts";
import type { Fragment } from "./fragment.ts";
import { fragmentOf } from "./fragmentOf.ts";
import type { FragmentRow } from "./rows.ts";

/** What events said, from rows that hold it; long ones whole, from the archive. */
export interface Found<F> {
  fragments: F[];
  /** There is more, or not all of the archive is there any more. */
  cut: boolean;
}

/** @param most rows that are read */
export async function readFragments<F extends Fragment>(range: Range, most: number): Promise<Found<F>> {
  const rows = await firstRows<FragmentRow>("timeline", range, most + 1);
  const found: Found<F> = { fragments: [], cut: rows.length > most };
  for (const row of rows.slice(0, most)) {
    const whole = row.cut ? await archived(row.blob) : undefined;
    if (row.cut && !whole) found.cut = true;
    found.fragments.push((whole ?? JSON.parse(row.fragment)) as F);
  }
  return found;
}

/** What the owner took out of the archive is shown as far as the row has it. */
async function archived(blob: string): Promise<Fragment | undefined> {
  try {
    return fragmentOf(accept(await readArchived(blob)));
  } catch (error) {
    if (isNoMore(error)) return undefined;
    throw error;
  }
}
