import { settingOrDefault } from "../../config.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { raiseProblem } from "../../storage/problems.ts";

type BudgetRow = { spent: number };

/**
 * Takes one text from the budget of the day. A crash between this and the text costs the budget one.
 * @returns whether there was one left; a problem is raised when there was not
 */
export async function spendBudget(): Promise<boolean> {
  const most = settingOrDefault("SMS_MAX_PER_DAY");
  const day = new Date().toISOString().slice(0, 10);
  let left = false;
  await changeRow<BudgetRow>(["budget", "sms", day], (row) => {
    const spent = row?.spent ?? 0;
    left = spent < most;
    return left ? { spent: spent + 1 } : undefined;
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
