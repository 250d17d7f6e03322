import { settingOrDefault } from "../../config.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { raiseProblem } from "../../storage/problems.ts";

/** `recent`: JSON, the texts that were taken last, so that one that is asked for again is taken once. */
export type BudgetRow = { spent: number; recent: string };

/** How many are remembered: more than are under way at once. */
const remembered = 500;

/**
 * Takes a text from the budget of the day.
 * @param id of the text in the outbox
 * @returns whether there was one left; a problem is raised when there was not
 */
export async function spendBudget(id: string): Promise<boolean> {
  const most = settingOrDefault("SMS_MAX_PER_DAY");
  const day = new Date().toISOString().slice(0, 10);
  let left = false;
  await changeRow<BudgetRow>(["budget", "sms", day], (row) => {
    const spent = row?.spent ?? 0;
    const recent = row ? (JSON.parse(row.recent) as string[]) : [];
    const known = id.slice(0, 8);
    left = spent < most || recent.includes(known);
    if (!left || recent.includes(known)) return undefined;
    return { spent: spent + 1, recent: JSON.stringify([...recent, known].slice(-remembered)) };
  });
  if (!left) await raiseSpent(day, most);
  return left;
}

function raiseSpent(day: string, most: number): Promise<void> {
  return raiseProblem({
    kind: "smsBudget",
    cause: `The ${most} texts of ${day} are spent`,
    advice:
      "No more texts are sent until midnight UTC. Look for a loop or an attack; if the texts were wanted, raise SMS_MAX_PER_DAY.",
    raw: day,
  });
}
