// `npm run erasures -- reapply [--commit]`: after a restore of the storage, erases again what was erased before.
// The account is that of the app's settings: from the environment, else from local.settings.json.
import { reapplyErasures } from "../src/people/erasure/reapplyErasures.ts";
import { loadLocalSettings } from "./loadLocalSettings.ts";

const usage = `Usage: npm run erasures -- reapply [--commit]

Compares all objects that tombstones name with what is there, and with --commit erases again what came back. Exit code 1 if something
came back that cannot be erased again. HASH_KEY must be the app's, if it has one.
Storage: AzureWebJobsStorage, or AzureWebJobsStorage__accountName with your Azure identity (az login), from the
environment or local.settings.json.`;

const [what, option, ...rest] = process.argv.slice(2);
if (what !== "reapply" || (option !== undefined && option !== "--commit") || rest.length > 0) {
  console.error(usage);
  process.exit(2);
}

await loadLocalSettings();
const commit = option === "--commit";
try {
  for await (const { tombstone, back, unknown, named, done } of reapplyErasures(commit)) {
    if (back === 0 && named === 0) console.log(`ok       ${tombstone}`);
    else if (back === 0 && !commit)
      console.log(
        `NAMED  ${tombstone}  ${named} name(s); --commit takes out what is of before the erasure, if there is anything`,
      );
    else if (!commit) console.log(`CAME BACK  ${tombstone}  ${back} object(s); --commit erases them again`);
    else console.log(`${tombstone}  ${back} object(s) had come back: ${JSON.stringify(done)}`);
    if (unknown === 0) continue;
    console.log(
      `  ${unknown} of them name nobody by whom they could be found; those that were erased whole are erased again`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`The storage could not be read: ${error instanceof Error ? error.message : error}`);
  console.error("Is the storage account named, and does it answer? `npm run erasures` without more says how.");
  process.exitCode = 1;
}
