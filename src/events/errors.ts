/** A stable, machine-readable error code. */
export type ErrorCode = `ACS_EVENTS_${string}`;

/**
 * The one base of all errors of this app. `message` tells the reader what to do; `retryable` says whether the same
 * call may work later; `status` is the HTTP status, where one applies; `target` and `details` go into the answer of an HTTP
 * function, so they hold nothing secret.
 */
export class AcsEventsError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly status?: number;
  readonly target?: string;
  readonly details?: readonly object[];

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      retryable?: boolean;
      status?: number;
      target?: string;
      details?: readonly object[];
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AcsEventsError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.status !== undefined) this.status = options.status;
    if (options.target !== undefined) this.target = options.target;
    if (options.details !== undefined) this.details = options.details;
  }
}
