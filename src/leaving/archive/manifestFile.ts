import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { orNone } from "../disk/orNone.ts";
import type { ExportManifest } from "../schemas/exportManifest.ts";

const fileOf = (root: string) => join(root, "manifest.json");

/** The manifest of a folder; undefined for a folder without one. @throws Error for a file that is none */
export async function readManifestFile(root: string): Promise<ExportManifest | undefined> {
  const text = await orNone(readFile(fileOf(root), "utf8"), undefined);
  if (text === undefined) return undefined;
  const manifest = JSON.parse(text) as Partial<ExportManifest>;
  if (manifest.version !== 1 || !Array.isArray(manifest.slices)) {
    throw new Error(`${fileOf(root)} is no manifest of an export. Choose another folder.`);
  }
  return manifest as ExportManifest;
}

/** Puts a manifest in the place of the one before, whole or not at all. */
export async function writeManifestFile(root: string, manifest: ExportManifest): Promise<void> {
  await writeFile(`${fileOf(root)}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${fileOf(root)}.part`, fileOf(root));
}
