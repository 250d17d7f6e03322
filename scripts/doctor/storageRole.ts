import { tryStorage } from "../../src/storage/tryStorage.ts";
import { type Check, ok } from "./finding.ts";
import type { StorageService } from "./storage.ts";
import { storageFailure } from "./storageFailure.ts";

/** What is tried of each service. */
export const whatIsTried: Record<StorageService, string> = {
  blob: "write, read and delete a blob",
  queue: "make a queue, put a message on it and take it off, delete the queue",
  table: "write, read and delete a row",
};

/** Tries what the role on a service is for, as whoever the settings say. */
export function storageRole(service: StorageService): Check {
  return {
    name: `storage role, ${service}`,
    look: async () => {
      try {
        await tryStorage[service]();
        return [ok(`may ${whatIsTried[service]}`)];
      } catch (error) {
        return [storageFailure(error, service, whatIsTried[service])];
      }
    },
  };
}
