// What `az` prints, which nobody has checked.
export type Json = Record<string, unknown>;

export const asObject = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asObject) : []);

export const asText = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
