// Settings that no deployment needs.
import type { Setting } from "./settingKinds.ts";

export const developmentSettings = {
  DELAY_SCALE: {
    default: "1",
    meaning: "Development only: factor for the delays of jobs that wait.",
    parse: (value: string): number => {
      if (!/^\d+(\.\d+)?$/.test(value)) throw new Error("a number is expected");
      return Number(value);
    },
  },
} satisfies Record<string, Setting<unknown>>;
