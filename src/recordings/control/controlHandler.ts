import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";

type Work = Parameters<typeof httpHandler>[0];

/**
 * As httpHandler. What ACS says to this app (401, 403) and what it cannot do now (5xx) is 500 to the caller, as the founding
 * document has it: a status of ACS must not look as if the caller's key were wrong.
 */
export function controlHandler(work: Work): Work {
  return httpHandler(async (request, context) => {
    try {
      return await work(request, context);
    } catch (error) {
      if (!(error instanceof AcsEventsError) || !error.retryable || error.status === 429) throw error;
      const { code, message, target, details } = error;
      throw new AcsEventsError(code, message, {
        status: 500,
        ...(target && { target }),
        ...(details && { details }),
        cause: error,
      });
    }
  });
}
