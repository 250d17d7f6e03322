import { expect } from "vitest";
import type { App } from "./startApp.ts";

export type Item = Record<string, unknown>;
export type Query = Record<string, string | number>;
interface Page {
  value: Item[];
  continuationToken?: string;
}

/** All pages of a list that the app serves, one after the other. */
export async function pagesOf(app: App, path: string, query: Query = {}): Promise<Page[]> {
  const pages: Page[] = [];
  for (let token: string | undefined = ""; token !== undefined; token = pages.at(-1)?.continuationToken) {
    const parameters = Object.entries({ ...query, ...(token && { continuationToken: token }) });
    const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]));
    const response = await app.get(`${path}?${search}`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    pages.push((await response.json()) as Page);
  }
  return pages;
}

/** What is on all of its pages. */
export async function itemsOf(app: App, path: string, query?: Query): Promise<Item[]> {
  return (await pagesOf(app, path, query)).flatMap(({ value }) => value);
}
