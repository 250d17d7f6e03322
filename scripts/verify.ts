// `npm run verify -- recordings|archive …`: reads what is kept again, and compares it with what was said of it when it came.
// The account is that of the app's settings: from the environment, else from local.settings.json.
import { loadLocalSettings } from "./loadLocalSettings.ts";
import { archiveCommand } from "./verifyArchiveCommand.ts";
import { recordingsCommand } from "./verifyRecordingsCommand.ts";

const usage = `Usage: npm run verify -- recordings [--recording ID]
       npm run verify -- archive [--head FILE|SHA256] [--key FILE]

recordings  Reads each archived chunk, computes its SHA-256 and compares it with manifest.json.
archive     Walks the chain of seals, reads each object again and compares it with its seal: tells what is missing, changed or added.
  --head    A head that you kept elsewhere: its SHA-256, a copy of it, or a file with hashes (log lines). It must be in the chain.
  --key     Public key (PEM, one or more): the seals must be signed by it.
Exit code 1 if anything differs.
Storage: AzureWebJobsStorage, or AzureWebJobsStorage__accountName with your Azure identity (az login), from the
environment or local.settings.json. With "npm start" running:
  AzureWebJobsStorage="$(node -p 'require("./.local/stack.json").storageConnectionString')" npm run verify -- archive`;

const commands = { recordings: recordingsCommand, archive: archiveCommand };

const [what = "", ...args] = process.argv.slice(2);
const command = what === "recordings" || what === "archive" ? commands[what](args) : undefined;
if (!command) {
  console.error(usage);
  process.exit(2);
}
try {
  await loadLocalSettings();
  process.exitCode = (await command()) === 0 ? 0 : 1;
} catch (error) {
  console.error(`The archive could not be read: ${error instanceof Error ? error.message : error}`);
  console.error("Is the storage account named, and does it answer? `npm run verify` without more says how.");
  process.exitCode = 1;
}
