// The owner's documents in container `config`. A broken document never takes a good one out of force.
import { AcsEventsError } from "../events/errors.ts";
import { container } from "../storage/blobs.ts";
import { httpStatus } from "../storage/onDemand.ts";
import { raiseProblem } from "../storage/problems.ts";

/** How long a document is used before its ETag is looked at again, in milliseconds. */
const checkEvery = 30_000;

export interface ConfigDocument<T> {
  /** The blob's name, e.g. `auto-replies.json`. */
  name: string;
  /** Whether a value is a document of this kind; `errors` says what is wrong when it is not. */
  validate: { (value: unknown): value is T; errors?: readonly { instancePath: string; message?: string }[] | null };
  /** In force until the owner writes one. */
  fallback: T;
}

/**
 * A function that gives the document in force: the owner's newest valid one, or the fallback while there is none. It throws
 * ACS_EVENTS_BROKEN_CONFIG (a retry may help) for a broken document when this process never saw a valid one: what the owner
 * wrote must not be replaced by words that they did not choose.
 */
export function configDocument<T>({ name, validate, fallback }: ConfigDocument<T>): () => Promise<T> {
  let inForce: T | undefined;
  let etag: string | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<void> {
    const found = await readIfChanged(name, etag);
    if (found === undefined) inForce = fallback;
    else if (found !== "unchanged") {
      const value = parse(found.text);
      if (validate(value)) inForce = value;
      else await raiseBroken(name, describe(validate.errors));
    }
    if (found !== "unchanged") etag = found?.etag;
    checkedAt = performance.now();
  }

  return async () => {
    if (performance.now() - checkedAt >= checkEvery) await look();
    if (inForce !== undefined) return inForce;
    throw new AcsEventsError(
      "ACS_EVENTS_BROKEN_CONFIG",
      `config/${name} is not valid; table problems says where. Mend it.`,
      {
        retryable: true,
      },
    );
  };
}

async function readIfChanged(name: string, etag: string | undefined) {
  const blob = (await container("config")).getBlockBlobClient(name);
  try {
    const answer = await blob.download(0, undefined, etag ? { conditions: { ifNoneMatch: etag } } : {});
    const parts: Buffer[] = [];
    for await (const part of answer.readableStreamBody ?? []) parts.push(Buffer.from(part));
    return { etag: answer.etag, text: Buffer.concat(parts).toString("utf8") };
  } catch (error) {
    const status = httpStatus(error);
    if (status === 304) return "unchanged";
    if (status === 404) return undefined;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function describe(errors: ConfigDocument<unknown>["validate"]["errors"]): string {
  return errors?.map(({ instancePath, message }) => `${instancePath || "/"} ${message ?? ""}`).join("; ") ?? "not JSON";
}

function raiseBroken(name: string, errors: string): Promise<void> {
  return raiseProblem({
    kind: "configDocument",
    cause: `config/${name} is not valid`,
    advice: `The last valid document stays in force; without one nothing is answered. Mend it: ${errors}`,
    raw: `config/${name}`,
  });
}
