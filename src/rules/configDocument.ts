// The owner's documents in container `config`. A broken document never takes a good one out of force, in this process or the next.
//
//   newest valid ──► in force, and kept as config/in-force/{name}
//   newest broken ─► a problem; in force stays what was: in this process, or else as that copy has it
//   none ──────────► the fallback, and the copy is dropped: what the owner took away must not come back
import { AcsEventsError } from "../events/errors.ts";
import { type ProblemName, raiseProblem, resolveProblem } from "../storage/problems.ts";
import { type ConfigBlob, dropCopy, keepCopy, readConfig, readCopy } from "./configBlob.ts";
import { type DocumentKind, describe, parseDocument } from "./parseDocument.ts";

/** How long a document is used before its ETag is looked at again, in milliseconds. */
const checkEvery = 30_000;

export interface ConfigDocument<T> {
  /** The blob's name, e.g. `auto-replies.json`. */
  name: string;
  /** Loads what checks one: a cold start does not read it, nor does an app whose owner wrote none. */
  kind(): Promise<DocumentKind<T>>;
  /** In force until the owner writes one. */
  fallback: T;
}

/**
 * A function that gives the document in force: the owner's newest valid one, or the fallback while there is none. Whoever calls
 * during a look waits for that one. It throws ACS_EVENTS_BROKEN_CONFIG (a retry may help) for a broken document when there never
 * was a valid one: what the owner wrote must not be replaced by words that they did not choose.
 */
export function configDocument<T>(document: ConfigDocument<T>): () => Promise<T> {
  const { name, fallback } = document;
  let inForce: { value: T; ofOwner: boolean } | undefined;
  let etag: string | undefined;
  let checkedAt: number | undefined;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    for (;;) {
      const found = await readConfig(name, etag);
      if (found === "unchanged") break;
      if (found === undefined) {
        if (checkedAt === undefined || etag !== undefined) {
          await dropCopy(name);
          for (const problem of [broken(name), withoutCopy(name)]) await resolveProblem(problem);
        }
        [inForce, etag] = [{ value: fallback, ofOwner: false }, undefined];
        break;
      }
      const parsed = parseDocument(await document.kind(), found.text);
      if ("findings" in parsed) {
        if (!inForce?.ofOwner) inForce = await fromCopy(document);
        await raiseBroken(name, describe(parsed.findings));
        etag = found.etag;
        break;
      }
      inForce = { value: parsed.value, ofOwner: true };
      await resolveProblem(broken(name));
      const kept = await keep(name, found);
      if (kept === "failed") break;
      await resolveProblem(withoutCopy(name));
      etag = found.etag;
      // The owner may have changed or deleted the document before the copy was there: looked at once more.
      if (kept === "unchanged") break;
    }
    checkedAt = Date.now();
  }

  return async () => {
    // A clock that was set back must not put the next look off.
    if (checkedAt === undefined || Math.abs(Date.now() - checkedAt) >= checkEvery) {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      await looking;
    }
    if (inForce !== undefined) return inForce.value;
    throw new AcsEventsError(
      "ACS_EVENTS_BROKEN_CONFIG",
      `config/${name} is not valid; GET /api/problems says where. Mend it.`,
      { retryable: true },
    );
  };
}

async function fromCopy<T>(document: ConfigDocument<T>): Promise<{ value: T; ofOwner: boolean } | undefined> {
  const text = await readCopy(document.name);
  const parsed = text === undefined ? undefined : parseDocument(await document.kind(), text);
  return parsed && "value" in parsed ? { value: parsed.value, ofOwner: true } : undefined;
}

/** A document is in force also when its copy cannot be written; that is tried again at the next look. */
async function keep(name: string, found: ConfigBlob): Promise<"written" | "unchanged" | "failed"> {
  try {
    return (await keepCopy(name, found)) ? "written" : "unchanged";
  } catch {
    await raiseProblem({
      ...withoutCopy(name),
      advice: `The document is in force. Let the app write config/in-force/${name}: without it, a broken document would stop what it rules.`,
    });
    return "failed";
  }
}

function withoutCopy(name: string): ProblemName {
  return {
    kind: "configDocument",
    cause: `The copy of config/${name} cannot be written`,
    raw: `config/in-force/${name}`,
  };
}

function broken(name: string): ProblemName {
  return { kind: "configDocument", cause: `config/${name} is not valid`, raw: `config/${name}` };
}

function raiseBroken(name: string, errors: string): Promise<void> {
  return raiseProblem({
    ...broken(name),
    advice: `The last valid document stays in force; without one nothing is answered. Mend it: ${errors}`,
    source: { container: "config", blob: name },
  });
}
