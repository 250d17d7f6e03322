import { parseNcrontab } from "./ncrontab.ts";
import type { Binding, FunctionMetadata } from "./protocol.ts";
import { compileRoute } from "./route.ts";

/** A function that the host accepted, with `%SETTING%` resolved. */
export interface AppFunction {
  name: string;
  trigger: string;
  triggerName: string;
  route?: string;
  methods?: string[];
  authLevel?: string;
  queueName?: string;
  schedule?: string;
  /** Event Grid: one invocation with the whole array. */
  takesMany: boolean;
  /** Queue of each queue output, by binding name. */
  queueOutputs: Record<string, string>;
}

const knownTypes = new Set(["eventGridTrigger", "queueTrigger", "timerTrigger", "httpTrigger", "queue", "http"]);
const isTrigger = ({ type }: Binding) => /trigger$/i.test(type);

/**
 * Checks what the app registered as the real host does, but refuses to start where that one would only drop a function.
 * A function with an unknown `%SETTING%` is dropped with a log line, as there.
 * @throws Error that names the function and the rule; also when no function is left
 */
export function indexFunctions(
  metadata: FunctionMetadata[],
  settings: Record<string, string>,
  log: (line: string) => void,
): AppFunction[] {
  const seen = new Set<string>();
  const functions: AppFunction[] = [];
  for (const one of metadata) {
    if (!/^[a-z][a-z0-9_-]{0,127}$/i.test(one.name) || one.name.toLowerCase() === "host") {
      throw new Error(`"${one.name}" is no function name: letters, digits, "_" and "-", a letter first, not "host".`);
    }
    if (seen.has(one.name.toLowerCase()))
      throw new Error(`Two functions are named "${one.name}" (letter case does not count).`);
    seen.add(one.name.toLowerCase());
    try {
      const fn = indexFunction(one, settings);
      if (isDisabled(one.name, settings)) log(`host: Function '${one.name}' is disabled.`);
      else functions.push(fn);
    } catch (error) {
      if (!(error instanceof UnknownSetting)) throw error;
      log(`host error: The '${one.name}' function is in error: ${error.message}`);
    }
  }
  if (functions.length === 0)
    throw new Error("The app registered no function that can run (the real host would start with nothing).");
  return functions.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** https://learn.microsoft.com/azure/azure-functions/disable-function */
function isDisabled(name: string, settings: Record<string, string>): boolean {
  return /^(true|1)$/i.test(settings[`AzureWebJobs.${name}.Disabled`] ?? "");
}

class UnknownSetting extends Error {}

function indexFunction({ name, bindings }: FunctionMetadata, settings: Record<string, string>): AppFunction {
  const fail = (reason: string): never => {
    throw new Error(`Function "${name}": ${reason}`);
  };
  const resolve = (text: unknown) =>
    String(text).replace(/%([^%]+)%/g, (_, setting: string) => {
      const value = settings[setting];
      if (value === undefined || value === "") throw new UnknownSetting(`'%${setting}%' does not resolve to a value.`);
      return value;
    });
  for (const [bindingName, { type, connection }] of Object.entries(bindings)) {
    if (!/^([a-z][a-z0-9]{0,127}|\$return)$/i.test(bindingName))
      fail(`"${bindingName}" is no binding name (letters and digits).`);
    if (!knownTypes.has(type)) fail(`The binding type(s) '${type}' were not found in the configured extension bundle.`);
    if (connection && connection !== "AzureWebJobsStorage") {
      fail(`connection "${String(connection)}": this host knows only AzureWebJobsStorage.`);
    }
  }
  const triggers = Object.entries(bindings).filter(([, binding]) => isTrigger(binding));
  const [triggerName, trigger] = triggers[0] ?? fail("it has no trigger.");
  if (triggers.length > 1) fail("it must have exactly one trigger.");
  const queueOutputs = Object.entries(bindings).filter(([, { type }]) => type === "queue");
  const result: AppFunction = {
    name,
    trigger: trigger.type,
    triggerName,
    takesMany: String(trigger.cardinality).toLowerCase() === "many",
    queueOutputs: Object.fromEntries(
      queueOutputs.map(([key, { queueName }]) => [key, resolve(queueName).toLowerCase()]),
    ),
  };
  if (trigger.type === "queueTrigger") result.queueName = resolve(trigger.queueName).toLowerCase();
  if (trigger.type === "timerTrigger") {
    result.schedule = resolve(trigger.schedule);
    parseNcrontab(result.schedule);
  }
  if (trigger.type === "httpTrigger") {
    result.route = String(trigger.route ?? name).replace(/^\/+|\/+$/g, "");
    if (/^(admin|runtime)/i.test(result.route)) fail("The specified route conflicts with one or more built in routes.");
    compileRoute(result.route);
    result.methods = Array.isArray(trigger.methods)
      ? trigger.methods.map((method) => String(method).toUpperCase())
      : [];
    result.authLevel = String(trigger.authLevel ?? "function").toLowerCase();
  }
  return result;
}
