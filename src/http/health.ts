import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import packageJson from "../../package.json" with { type: "json" };
import { checkSettings } from "../config.ts";
import { storageReachable } from "../storage/reachable.ts";
import { tryAll } from "./tryAll.ts";

/**
 * `GET /api/health`: whether the app is well, and nothing more for anyone. The host checks keys per function, so a caller with
 * a key is sent on to the function that wants one.
 */
export async function health(request: HttpRequest): Promise<HttpResponseInit> {
  if (request.headers.has("x-functions-key") || request.query.has("code")) {
    const code = request.query.get("code");
    const location = `health/details${code ? `?code=${encodeURIComponent(code)}` : ""}`;
    return { status: 307, headers: { location, "cache-control": "no-store" } };
  }
  const { ok } = await examine();
  return {
    status: ok ? 200 : 503,
    headers: { "cache-control": "no-store" },
    jsonBody: { status: ok ? "ok" : "not ok" },
  };
}

/**
 * `GET /api/health/details`, with a function key: storage, each setting, version. With `?try=true` also whether storage and ACS let the app do
 * what it does: things that it makes for that are gone afterwards.
 * @param tryAcs throws when ACS does not let the app in
 */
export function healthDetails(tryAcs: () => Promise<void>) {
  return async ({ query }: HttpRequest): Promise<HttpResponseInit> => {
    const [{ ok, ...details }, tries] = await Promise.all([
      examine(),
      query.get("try") === "true" ? tryAll(tryAcs) : undefined,
    ]);
    return {
      status: ok ? 200 : 503,
      headers: { "cache-control": "no-store" },
      jsonBody: { status: ok ? "ok" : "not ok", version: packageJson.version, ...details, ...(tries && { tries }) },
    };
  };
}

async function examine() {
  const storage = await storageReachable();
  const settings = checkSettings();
  const ok = storage.reachable && Object.values(settings).every((state) => state === "valid");
  return { ok, storage, settings };
}
