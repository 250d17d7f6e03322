import type { Registry } from "./coreApi.ts";
import type { InvocationRequest, InvocationResult, LogRecord } from "./protocol.ts";

/**
 * Runs one invocation inside the app's process, in the worker's order: arguments, preInvocation hooks, handler,
 * postInvocation hooks, response. Source: azure-functions-nodejs-worker, `InvocationHandler.ts`.
 * @returns the outputs, or the error's text; never rejects
 */
export async function invoke(
  request: InvocationRequest,
  registry: Registry,
  send: (log: LogRecord) => void,
): Promise<InvocationResult> {
  const { invocationId, functionName, triggerName, data, triggerMetadata, traceContext } = request;
  try {
    const registered = registry.functions.get(functionName);
    if (!registered || !registry.model) throw new Error(`Function "${functionName}" is not registered.`);
    let invocationContext: object | undefined;
    const { appHookData } = registry;
    const hookData = {};
    const runHooks = async (name: string, context: object) => {
      for (const hook of registry.hooks[name] ?? []) await hook(context);
      return context;
    };
    const coreContext = {
      invocationId,
      request: { invocationId, inputData: [{ name: triggerName, data }], triggerMetadata, traceContext },
      metadata: registered.metadata,
      state: undefined as string | undefined,
      log: (level: string, category: string, message: string) => {
        const record = { level, category, message, invocationContext, hookData, appHookData };
        for (const hook of registry.hooks.log ?? []) hook(record);
        send({ level: record.level, category, message: record.message, invocationId });
      },
    };
    const model = await registry.model.getInvocationModel(coreContext);
    const { context, inputs } = await model.getArguments();
    invocationContext = context;

    coreContext.state = "preInvocationHooks";
    const before = { hookData, appHookData, invocationContext, functionCallback: registered.callback, inputs };
    await runHooks("preInvocation", before);

    coreContext.state = "invocation";
    const after = {
      hookData,
      appHookData,
      invocationContext,
      inputs: before.inputs,
      result: null as unknown,
      error: null as unknown,
    };
    try {
      after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (error) {
      after.error = error;
    }
    coreContext.state = "postInvocationHooks";
    await runHooks("postInvocation", after);
    // `throw undefined` and `throw null` count as success in the real worker.
    if (after.error !== null && after.error !== undefined) throw after.error;

    const { outputData, returnValue } = await model.getResponse(context, after.result);
    return { invocationId, outputs: outputData ?? [], returnValue };
  } catch (error) {
    return {
      invocationId,
      outputs: [],
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
