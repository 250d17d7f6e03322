/**
 * The messages between the host and the app's process. Values are encoded as in the Functions RPC protocol
 * (`TypedData`), because the `@azure/functions` library decodes and encodes that form.
 */
export interface TypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: RpcHttp;
  collectionString?: { string: string[] };
}

type NullableMap = Record<string, { value: string }>;

interface RpcHttp {
  method?: string;
  url?: string;
  nullableHeaders?: NullableMap;
  nullableQuery?: NullableMap;
  nullableParams?: NullableMap;
  body?: TypedData;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: unknown[];
}

export interface Binding {
  type: string;
  direction?: string;
  [option: string]: unknown;
}

export interface FunctionMetadata {
  name: string;
  bindings: Record<string, Binding>;
}

export type TriggerMetadata = Record<string, TypedData>;

export interface InvocationRequest {
  invocationId: string;
  functionName: string;
  triggerName: string;
  data: TypedData;
  triggerMetadata: TriggerMetadata;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
}

export interface InvocationResult {
  invocationId: string;
  error?: string;
  outputs: { name: string; data: TypedData }[];
  returnValue?: TypedData | null | undefined;
}

export interface LogRecord {
  level: string;
  category: string;
  message: string;
  invocationId?: string | undefined;
}

export type ToWorker =
  | { type: "invoke"; requests: InvocationRequest[] }
  | { type: "clock"; aheadMs: number }
  /** As FunctionEnvironmentReloadRequest: the app comes to a process that runs. */
  | { type: "specialize"; appDir: string; env: Record<string, string> }
  | { type: "terminate" };

export type FromWorker =
  | { type: "ready"; functions: FunctionMetadata[]; httpUri?: string | undefined }
  | { type: "failed"; message: string }
  | { type: "result"; result: InvocationResult }
  | { type: "log"; log: LogRecord };
