import type { Dispatcher } from "./dispatch.ts";
import type { AppFunction } from "./indexFunctions.ts";
import { parseNcrontab } from "./ncrontab.ts";

export interface Timers {
  /** Runs a timer function now. @throws (rejects) if there is none of that name, or with the function's failure */
  run(name: string): Promise<void>;
  stop(): void;
}

const longestWaitMs = 86_400_000; // setTimeout does not take more than 24 days

/**
 * Fires timer functions by the real clock, in UTC; the next run is planned after the current one ended.
 * @param scheduled false: they run only when asked for
 */
export function startTimers(functions: AppFunction[], dispatcher: Dispatcher, scheduled: boolean): Timers {
  const timers = functions.filter(({ trigger }) => trigger === "timerTrigger");
  const handles = new Map<string, NodeJS.Timeout>();
  let stopped = false;

  async function fire(fn: AppFunction): Promise<string | undefined> {
    const now = new Date().toISOString();
    const value = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: { Last: now, Next: parseNcrontab(fn.schedule ?? "")(new Date()).toISOString(), LastUpdated: now },
      IsPastDue: false,
    };
    const [outcome] = await dispatcher.run(fn, [{ data: { json: JSON.stringify(value) } }]);
    return outcome?.error;
  }

  function plan(fn: AppFunction, at = parseNcrontab(fn.schedule ?? "")(new Date())): void {
    if (stopped) return;
    const wait = at.getTime() - Date.now();
    const next = () => (wait > longestWaitMs ? plan(fn, at) : void fire(fn).finally(() => plan(fn)));
    handles.set(fn.name, setTimeout(next, Math.min(wait, longestWaitMs)));
  }
  if (scheduled) for (const fn of timers) plan(fn);

  return {
    async run(name) {
      const fn = timers.find((one) => one.name === name);
      if (!fn) throw new Error(`No timer function is named "${name}".`);
      const error = await fire(fn);
      if (error !== undefined) throw new Error(error);
    },
    stop() {
      stopped = true;
      for (const handle of handles.values()) clearTimeout(handle);
    },
  };
}
