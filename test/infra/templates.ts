// The Bicep files of infra/, read once.
import { globSync } from "node:fs";
import { inRepository } from "../support/repository.ts";
import { type BicepFile, readBicep } from "./readBicep.ts";

export const templates: ReadonlyMap<string, BicepFile> = new Map(
  globSync("*.bicep", { cwd: inRepository("infra") })
    .sort()
    .map((name) => [name, readBicep(`infra/${name}`)]),
);

/** @param name such as `app.bicep` */
export function template(name: string): BicepFile {
  const found = templates.get(name);
  if (!found) throw new Error(`There is no infra/${name}.`);
  return found;
}

/** The value of a variable of a template, as it stands there. */
export function variable(file: string, name: string): string {
  const value = template(file).vars.find((one) => one.name === name)?.value;
  if (value === undefined) throw new Error(`infra/${file} has no variable ${name}.`);
  return value;
}
