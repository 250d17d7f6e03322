import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dispatcher, Outcome } from "./dispatch.ts";
import { forwardToApp } from "./forwardToApp.ts";
import type { HostJson } from "./hostJson.ts";
import type { AppFunction } from "./indexFunctions.ts";
import { type Keys, refusal } from "./keys.ts";
import type { TriggerMetadata, TypedData } from "./protocol.ts";
import { readBody } from "./readBody.ts";
import { compileRoute } from "./route.ts";

export type HttpHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/**
 * The HTTP functions of the app. Routes are tried in alphabetical order of function names and the first match wins;
 * a wrong method does not match, so it is 404 and never 405.
 * @param httpUri where the app takes HTTP requests itself (HTTP streaming), or undefined
 */
export function createHttpHandler(
  functions: AppFunction[],
  { routePrefix }: HostJson,
  keys: Keys | undefined,
  dispatcher: Dispatcher,
  httpUri: () => Promise<string | undefined>,
): HttpHandler {
  const routes = functions
    .filter(({ trigger }) => trigger === "httpTrigger")
    .map((fn) => ({ fn, match: compileRoute(routePrefix + fn.route) }));

  return async (request, response, url) => {
    for (const { fn, match } of routes) {
      const parameters = match(url.pathname);
      if (!parameters || (fn.methods?.length && !fn.methods.includes(request.method ?? ""))) continue;
      const accepted: (keyof Keys)[] = fn.authLevel === "admin" ? [] : ["function"];
      if (fn.authLevel !== "anonymous" && refusal(keys, accepted, request, url))
        return void response.writeHead(401).end();
      const uri = await httpUri();
      if (!uri) return answer(response, await invokeWithBody(fn, request, url, parameters, dispatcher));
      const invocationId = randomUUID();
      const triggerMetadata: TriggerMetadata = { Headers: { json: JSON.stringify(headersOf(request)) } };
      for (const [name, value] of Object.entries(parameters)) triggerMetadata[name] = { string: value };
      const done = dispatcher.run(fn, [{ invocationId, data: {}, triggerMetadata }]).then(([outcome]) => outcome ?? {});
      return forwardToApp(request, response, uri, invocationId, done);
    }
    response.writeHead(404).end();
  };
}

async function invokeWithBody(
  fn: AppFunction,
  request: IncomingMessage,
  url: URL,
  parameters: Record<string, string>,
  dispatcher: Dispatcher,
): Promise<Outcome | undefined> {
  const body = await readBody(request);
  if (!body) return { returnValue: { http: { statusCode: "413" } } };
  const query: Record<string, string> = {};
  for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name).join(",");
  const http = {
    method: request.method ?? "GET",
    url: url.href,
    nullableHeaders: nullable(headersOf(request)),
    nullableQuery: nullable(query),
    nullableParams: nullable(parameters),
    // The real host looks only at Content-Length: a chunked body never arrives.
    ...(Number(request.headers["content-length"]) > 0 && { body: { bytes: body } }),
  };
  const [outcome] = await dispatcher.run(fn, [{ data: { http } }]);
  return outcome;
}

function answer(response: ServerResponse, { error, returnValue }: Outcome = {}): void {
  if (error !== undefined) return void response.writeHead(500).end();
  const http = returnValue?.http;
  if (!http) return void response.writeHead(204).end();
  if (http.cookies?.length) throw new Error("The local host does not know response cookies.");
  const body = toBuffer(http.body);
  const bodiless = [204, 205, 304].includes(Number(http.statusCode));
  const length = bodiless ? {} : { "content-length": String(body.length) };
  response.writeHead(Number(http.statusCode), { ...length, ...http.headers }).end(bodiless ? undefined : body);
}

function toBuffer({ bytes, string }: TypedData = {}): Buffer {
  return bytes ? Buffer.from(bytes) : Buffer.from(string ?? "");
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    const value = values?.join(",");
    if (value) headers[name] = value;
  }
  return headers;
}

function nullable(values: Record<string, string>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}
