// The kinds of settings that src/config.ts has many of.

export interface Setting<T> {
  default: string;
  meaning: string;
  /** Turns the text into the value; throws an Error that says what was expected. */
  parse(text: string): T;
}

export const text = (meaning: string): Setting<string> => ({ default: "", meaning, parse: (value) => value });

export const flag = (meaning: string): Setting<boolean> => ({
  default: "false",
  meaning,
  parse: (value) => {
    if (!/^(true|false|on|off)$/i.test(value)) throw new Error("true or false is expected");
    return /^(true|on)$/i.test(value);
  },
});

/** Something that the app does only when it is told to. */
export const onOff = (meaning: string): Setting<boolean> => ({
  default: "off",
  meaning,
  parse: (value) => {
    if (!/^(on|off)$/i.test(value)) throw new Error("on or off is expected");
    return value.toLowerCase() === "on";
  },
});

/**
 * A number above 0 of some unit, given in milliseconds.
 * @param bounds the least and the most, in that unit
 */
export const spanOf = (
  unit: "hours" | "minutes",
  fallback: number,
  meaning: string,
  [least, most] = [0, Number.POSITIVE_INFINITY],
): Setting<number> => ({
  default: String(fallback),
  meaning,
  parse: (value) => {
    if (!/^\d+(\.\d+)?$/.test(value) || Number(value) === 0) throw new Error(`a number of ${unit} above 0 is expected`);
    if (Number(value) < least || Number(value) > most) throw new Error(`${least} to ${most} ${unit} are expected`);
    return Number(value) * (unit === "hours" ? 3_600_000 : 60_000);
  },
});

/** A whole number; `least` and `most` are allowed too. */
export const count = (
  fallback: number,
  meaning: string,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): Setting<number> => ({
  default: String(fallback),
  meaning,
  parse: (value) => {
    if (!/^\d{1,9}$/.test(value)) throw new Error("a whole number is expected");
    if (Number(value) < least || Number(value) > most) {
      throw new Error(
        `a whole number ${most < Number.POSITIVE_INFINITY ? `from ${least} to ${most}` : `of ${least} or more`} is expected`,
      );
    }
    return Number(value);
  },
});

/**
 * A time, given in milliseconds.
 * @param bounds the least and the most, in seconds
 */
export const duration = (
  fallback: string,
  meaning: string,
  [least, most] = [0, Number.POSITIVE_INFINITY],
): Setting<number> => ({
  default: fallback,
  meaning,
  parse: (value) => {
    const [, hours = "0", minutes = "0", seconds = ""] = /^(?:(\d+):(\d\d):)?(\d+)$/.exec(value) ?? [];
    if (!seconds) throw new Error("hh:mm:ss or a number of seconds is expected");
    const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    if (total < least || total > most) throw new Error(`${least} to ${most} seconds are expected`);
    return total * 1000;
  },
});

/** The entries of a list, separated by commas or spaces. */
export const list = (value: string): string[] => value.split(/[\s,]+/).filter((entry) => entry !== "");
