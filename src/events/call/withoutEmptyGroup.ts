import { namesSomething } from "../entities.ts";

/** An all-zero group id says that the call belongs to no group. */
export function withoutEmptyGroup<D extends { group?: { id?: string } }>({ data }: { data: D }): D {
  if (data.group?.id === undefined || namesSomething(data.group.id)) return data;
  const copy = { ...data };
  delete copy.group;
  return copy;
}
