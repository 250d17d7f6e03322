import type { HttpRequest } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { printable } from "../events/printable.ts";
import { readJson } from "./readJson.ts";

/** As ajv has it. */
interface BodyError {
  keyword: string;
  instancePath: string;
  message?: string;
  params: { additionalProperty?: string; allowedValues?: readonly string[] };
}

/** A generated validator of a request's body. */
export interface ValidateBody<T> {
  (value: unknown): value is T;
  errors?: BodyError[] | null;
}

/**
 * The JSON body of a request; none counts as an empty object.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names what is wrong with it
 */
export async function validBody<T>(request: HttpRequest, validate: ValidateBody<T>): Promise<T> {
  const body = (await readJson(request)) ?? {};
  if (validate(body)) return body;
  const details = (validate.errors ?? []).slice(0, 20).map(describe);
  const [first] = details;
  const message = details.map(({ message: text }) => text).join(" ");
  throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message || "The body has another form.", {
    status: 400,
    ...(first?.target ? { target: first.target } : {}),
    details,
  });
}

/** What ajv says in its own language. */
const inWords: Record<string, string> = {
  pattern: "must be one line of text without control characters",
  minLength: "must not be empty; leave it out if there is none",
};

function describe({ keyword, instancePath, message = "is wrong", params }: BodyError) {
  const at = instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    // A name that the caller made up.
    const name = printable(params.additionalProperty ?? "", 100);
    const target = [at, name].filter(Boolean).join(".");
    return { target, message: `"${target}" is no member of this body; look for a typo.` };
  }
  const plain = inWords[keyword] ?? message;
  const allowed = params.allowedValues ? `: ${params.allowedValues.join(", ")}` : "";
  return { target: at, message: `${at ? `"${at}"` : "The body"} ${plain}${allowed}.` };
}
