import type { HttpRequest } from "@azure/functions";

/** Paths of the API, as the caller sees them. */
export function pathsOf({ url }: HttpRequest) {
  const base = new URL(url).pathname.replace(/\/problems(\/.*)?$/, "");
  return {
    api: (path: string) => `${base}/${path}`,
    problem: (id: string) => `${base}/problems/${id}`,
  };
}
