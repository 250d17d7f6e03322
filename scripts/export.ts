// `npm run export -- --out DIR`: takes the archive elsewhere, in a form that needs neither ACS nor this app (docs/leaving.md).
// The account is that of the app's settings: from the environment, else from local.settings.json.
import { resolve } from "node:path";
import { exportArchive } from "../src/leaving/archive/exportArchive.ts";
import { exportOptions, usage } from "./exportOptions.ts";
import { loadLocalSettings } from "./loadLocalSettings.ts";

const options = exportOptions(process.argv.slice(2));
if (typeof options === "string") {
  console.error(`${options}\n\n${usage}`);
  process.exit(2);
}

await loadLocalSettings();
try {
  const { counts, exportedTo } = await exportArchive({ ...options, out: resolve(options.out) }, (slice) => {
    const lines = Object.entries(slice.counts).map(([what, count]) => `${count} ${what}`);
    console.log(`${slice.folder}  ${lines.join(", ")}`);
  });
  const all = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  console.log(`all      ${all.join(", ") || "nothing"}`);
  if (exportedTo) console.log(`The next run goes on from ${exportedTo}.`);
  const lost = (counts.unreadable ?? 0) + (counts.missingFiles ?? 0);
  if (lost > 0) console.error(`${lost} events or files are not in the account any more, or are not what was archived.`);
  process.exitCode = lost === 0 ? 0 : 1;
} catch (error) {
  console.error(`The export stopped: ${error instanceof Error ? error.message : error}`);
  console.error("Run it again: it goes on where it stopped.");
  process.exitCode = 1;
}
