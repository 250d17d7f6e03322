/**
 * What `require("@azure/functions-core")` gives to the app: the module is not on npm, the Functions worker provides it.
 * Contract: azure-functions-nodejs-worker, `setupCoreModule.ts`.
 */
import Module from "node:module";
import type { FunctionMetadata, InvocationResult } from "./protocol.ts";

type Callback = (...args: unknown[]) => unknown;
type Hook = (context: object) => unknown;

interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], handler: Callback): Promise<unknown>;
  getResponse(
    context: object,
    result: unknown,
  ): Promise<{ outputData?: InvocationResult["outputs"]; returnValue?: InvocationResult["returnValue"] }>;
}

interface ProgrammingModel {
  getInvocationModel(coreContext: object): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(defaults: Record<string, string>): Promise<Record<string, string>>;
}

/** All that the app registered while it was loaded. */
export interface Registry {
  functions: Map<string, { metadata: FunctionMetadata; callback: Callback }>;
  hooks: Record<string, Hook[]>;
  appHookData: object;
  model?: ProgrammingModel;
  locked: boolean;
}

type Log = (level: string, category: string, message: string) => void;

class Disposable {
  dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
  static from(...all: { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

/**
 * Answers the app's `require("@azure/functions-core")` for the rest of the process.
 * A proxy on `require` and not a module hook, because only that is what the real worker does: whatever needs more than
 * this (an `import` of the module, a bundle that swallowed it) fails there, and has to fail here.
 * @returns the registry that the app's registrations go to
 */
export function provideCoreApi(log: Log): Registry {
  const registry: Registry = {
    functions: new Map(),
    hooks: { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [], log: [] },
    appHookData: {},
    locked: false,
  };
  const core = {
    version: "3.12.0",
    hostVersion: "4.1037.0",
    Disposable,
    log,
    getProgrammingModel: () => registry.model,
    setProgrammingModel: (model: ProgrammingModel) => {
      registry.model = model;
    },
    registerFunction(metadata: FunctionMetadata & { functionId?: string }, callback: Callback) {
      if (registry.locked) throw new Error("A function can only be registered during app startup.");
      const id = metadata.functionId ?? metadata.name;
      if (registry.functions.has(id)) throw new Error(`A function with id "${id}" has already been registered.`);
      registry.functions.set(id, { metadata, callback });
      return new Disposable(() => registry.functions.delete(id));
    },
    registerHook(name: string, hook: Hook) {
      const hooks = registry.hooks[name];
      if (!hooks) {
        throw Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
      }
      hooks.push(hook);
      return new Disposable(() => hooks.splice(hooks.indexOf(hook), 1));
    },
  };
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (require, self, args) => (args[0] === "@azure/functions-core" ? core : Reflect.apply(require, self, args)),
  });
  return registry;
}
