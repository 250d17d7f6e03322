import { settingOrDefault } from "../../config.ts";
import { read } from "../../storage/ledger.ts";
import type { BudgetRow } from "./spendBudget.ts";

/** Whether texts may be sent again after those of a day were spent: another day has come, or more are allowed. */
export async function budgetIsLeft(day: string): Promise<boolean> {
  if (new Date().toISOString().slice(0, 10) !== day) return true;
  const spent = (await read<BudgetRow>(["budget", "sms", day]))?.row.spent ?? 0;
  return spent < settingOrDefault("SMS_MAX_PER_DAY");
}
