import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface HostJson {
  /** Before each HTTP route: "api/" or "". */
  routePrefix: string;
  queues: {
    batchSize: number;
    newBatchThreshold: number;
    maxDequeueCount: number;
    /** How long a failed message stays invisible. */
    visibilityTimeoutMs: number;
    maxPollingIntervalMs: number;
  };
}

type Section = Record<string, unknown>;
const developmentPollingMs = 2000; // `func start` forces this over host.json

/**
 * Reads host.json and refuses what the real host refuses: another version, values out of range, no extension bundle.
 * @throws Error that names the value and what is allowed
 */
export function readHostJson(appDir: string): HostJson {
  const root: Section = JSON.parse(readFileSync(join(appDir, "host.json"), "utf8"));
  if (root.version !== "2.0")
    throw new Error('host.json: version must be "2.0"; the real host does not start without it.');
  if (section(root, "extensionBundle").id !== "Microsoft.Azure.Functions.ExtensionBundle") {
    throw new Error(
      "host.json: extensionBundle.id must be Microsoft.Azure.Functions.ExtensionBundle; without it no trigger but HTTP is registered.",
    );
  }
  if (root.functionTimeout !== undefined && root.functionTimeout !== "-1") milliseconds(root, "functionTimeout", 1000);
  const extensions = section(root, "extensions");
  const queues = section(extensions, "queues");
  if ((queues.messageEncoding ?? "base64") !== "base64") {
    throw new Error('host.json: extensions.queues.messageEncoding: this host knows only "base64".');
  }
  const batchSize = integer(queues, "batchSize", 16, 1, 32);
  const prefix = String(section(extensions, "http").routePrefix ?? "api").replace(/^\/+|\/+$/g, "");
  milliseconds(queues, "maxPollingInterval", 100, "00:01:00");
  return {
    routePrefix: prefix === "" ? "" : `${prefix}/`,
    queues: {
      batchSize,
      newBatchThreshold: integer(queues, "newBatchThreshold", Math.floor(batchSize / 2), 0, Number.MAX_SAFE_INTEGER),
      maxDequeueCount: integer(queues, "maxDequeueCount", 5, 1, Number.MAX_SAFE_INTEGER),
      visibilityTimeoutMs: milliseconds(queues, "visibilityTimeout", 0, "00:00:00"),
      maxPollingIntervalMs: developmentPollingMs,
    },
  };
}

function section(parent: Section, name: string): Section {
  const value = parent[name] ?? {};
  if (typeof value !== "object") throw new Error(`host.json: ${name} must be an object.`);
  return value as Section;
}

function integer(parent: Section, name: string, fallback: number, least: number, most: number): number {
  const value = parent[name] ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new Error(
      `host.json: ${name} is ${JSON.stringify(value)}; it must be a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}

function milliseconds(parent: Section, name: string, least: number, fallback?: string): number {
  const value = parent[name] ?? fallback;
  const [, days = 0, hours, minutes, seconds] =
    /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/.exec(String(value)) ?? [];
  const result = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (!(result >= least)) {
    throw new Error(
      `host.json: ${name} is ${JSON.stringify(value)}; it must be a time span hh:mm:ss of at least ${least} ms.`,
    );
  }
  return result;
}
