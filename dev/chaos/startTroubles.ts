import type { StorageRequest } from "../azurite/startStorageProxy.ts";
import type { Stage } from "./stage.ts";
import type { Story, Trouble } from "./story.ts";

/** A request to container `recordings`, on the clock of `performance.now()`. */
export interface BlobRequest extends StorageRequest {
  startedAt: number;
  answeredAt: number;
  status: number;
  /** Whether the app got the answer. */
  heard: boolean;
}

/** What was done to the app, and what it did meanwhile. */
export interface Troubles {
  /** Answered requests to container `recordings`, in order of their answers. */
  blobs: BlobRequest[];
  /** When a process was killed. */
  kills: number[];
  /** Requests to storage that were spoilt. */
  spoilt(): number;
  /** From now on nothing goes wrong any more; resolves when what was begun has ended. */
  end(): Promise<void>;
}

/** Lets a story's troubles come when their time is there. */
export function startTroubles({ proxy, stack, emptyDownloads }: Stage, { troubles }: Story): Troubles {
  const started = new WeakMap<StorageRequest, { number: number; at: number }>();
  const blobs: BlobRequest[] = [];
  const kills: number[] = [];
  const begun: Promise<unknown>[] = [];
  const spoiling = new Map<Trouble, number>();
  let requests = 0;
  let spoilt = 0;

  function kill(instance: number): void {
    kills.push(performance.now());
    stack.hosts[instance]?.kill();
  }

  function begin(trouble: Trouble): void {
    if (trouble.what === "kill" && trouble.when === "asked") kill(trouble.instance);
    else if (trouble.what === "storage") spoiling.set(trouble, trouble.requests);
    // The queue may not be there yet, and a sweep may be killed.
    else if (trouble.what === "purge") begun.push(emptyDownloads().catch(() => {}));
    else if (trouble.what === "sweep") begun.push(stack.host.runTimer("reconcileRecordings").catch(() => {}));
  }

  proxy.faults = (request) => {
    requests++;
    started.set(request, { number: requests, at: performance.now() });
    for (const trouble of troubles) if (trouble.at === requests) begin(trouble);
    for (const [trouble, left] of spoiling) {
      if (trouble.what !== "storage" || trouble.service !== request.service || left === 0) continue;
      spoiling.set(trouble, left - 1);
      spoilt++;
      return trouble.fault;
    }
    return "pass";
  };
  proxy.answered = (request, status, heard) => {
    const { number = 0, at = 0 } = started.get(request) ?? {};
    if (request.path.startsWith("/devstoreaccount1/recordings/")) {
      blobs.push({ ...request, status, heard, startedAt: at, answeredAt: performance.now() });
    }
    for (const trouble of troubles) {
      if (trouble.at === number && trouble.what === "kill" && trouble.when === "answered") kill(trouble.instance);
    }
  };

  return {
    blobs,
    kills,
    spoilt: () => spoilt,
    async end() {
      spoiling.clear();
      proxy.faults = (request) => {
        started.set(request, { number: 0, at: performance.now() });
        return "pass";
      };
      await Promise.all(begun);
    },
  };
}
