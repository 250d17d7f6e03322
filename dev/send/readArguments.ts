import type { Wish } from "./composeEvent.ts";

export interface Arguments {
  /** Where to post; absent = the running stack. */
  to?: string;
  /** What to post: an event to compose, or a file as it is. */
  what: { wish: Wish } | { file: string };
}

/**
 * Reads the command line of `npm run send`.
 *
 * @throws Error saying which argument is wrong.
 */
export function readArguments(args: readonly string[]): Arguments {
  const names: string[] = [];
  const data: Wish["data"] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    if (!arg.startsWith("--")) {
      names.push(arg);
      continue;
    }
    const equals = arg.indexOf("=");
    const option = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    const value = equals < 0 ? args[++index] : arg.slice(equals + 1);
    if (value === undefined) throw new Error(`--${option} needs a value.`);
    if (option.startsWith("data.")) data.push([option.slice("data.".length), value]);
    else options.set(option, value);
  }
  const take = (name: string) => {
    const value = options.get(name);
    options.delete(name);
    return value;
  };
  const [to, file, schema = "eventGrid"] = [take("to"), take("file"), take("schema")];
  const wish = { id: take("id"), subject: take("subject"), topic: take("topic"), eventTime: take("eventTime") };
  const [unknown] = options.keys();
  if (unknown !== undefined) throw new Error(`There is no option --${unknown}.`);
  if (schema !== "eventGrid" && schema !== "cloudEvents") throw new Error("--schema is eventGrid or cloudEvents.");
  if (file !== undefined) {
    if (names.length + data.length > 0)
      throw new Error("--file sends the file as it is: name no type and no data with it.");
    return { to, what: { file } };
  }
  const [type, surplus] = names;
  if (type === undefined) throw new Error("Name an event type, or a file with --file.");
  if (surplus !== undefined) throw new Error(`What is ${surplus}? One event type is enough.`);
  return { to, what: { wish: { ...wish, type, schema, data } } };
}
