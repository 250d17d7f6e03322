import { expect, vi } from "vitest";
import type { App } from "./startApp.ts";

export type Erasure = { id: string; status: string; link: string; held: string[]; what: Record<string, number> };

export function askErasure({ call }: App, identifier: string, reason = "Article 17"): Promise<Response> {
  return call("DELETE", `/api/people/${encodeURIComponent(identifier)}`, { reason });
}

/** Waits until an erasure is done. */
export function erasureDone({ get }: App, link: string): Promise<Erasure> {
  return vi.waitFor(
    async () => {
      const shown = (await (await get(link)).json()) as Erasure;
      expect(shown.status).toBe("done");
      return shown;
    },
    { timeout: 240_000, interval: 200 },
  );
}
