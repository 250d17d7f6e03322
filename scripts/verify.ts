// `npm run verify -- recordings [--recording ID]`: reads archived recordings again and compares them with their manifests.
// The account is that of the app's settings: from the environment, else from local.settings.json.
import { verifyRecordings } from "../src/recordings/verify/verifyRecordings.ts";
import { loadLocalSettings } from "./loadLocalSettings.ts";

const usage = `Usage: npm run verify -- recordings [--recording ID]

Reads each archived chunk, computes its SHA-256 and compares it with manifest.json. Exit code 1 if anything differs.
Storage: AzureWebJobsStorage, or AzureWebJobsStorage__accountName with your Azure identity (az login), from the
environment or local.settings.json. With "npm start" running:
  AzureWebJobsStorage="$(node -p 'require("./.local/stack.json").storageConnectionString')" npm run verify -- recordings`;

const [what, option, recordingId, ...rest] = process.argv.slice(2);
const asked = what === "recordings" && (option === undefined || (option === "--recording" && recordingId));
if (!asked || rest.length > 0) {
  console.error(usage);
  process.exit(2);
}

await loadLocalSettings();
const total = { recordings: 0, chunks: 0, bytes: 0, unsaved: 0, differences: 0 };
try {
  for await (const { manifest, differences, ...counts } of verifyRecordings(recordingId)) {
    total.recordings++;
    total.chunks += counts.chunks;
    total.bytes += counts.bytes;
    total.unsaved += counts.unsaved;
    total.differences += differences.length;
    for (const difference of differences) console.log(`DIFFERS  ${difference}`);
    if (differences.length === 0) console.log(`ok       ${manifest}  ${counts.chunks} chunk(s), ${counts.bytes} bytes`);
  }
  console.log(
    `${total.recordings} recordings, ${total.chunks} chunks, ${total.bytes} bytes read; ` +
      `${total.unsaved} chunks not archived; ${total.differences} differences`,
  );
  process.exitCode = total.differences === 0 ? 0 : 1;
} catch (error) {
  console.error(`The archive could not be read: ${error instanceof Error ? error.message : error}`);
  console.error("Is the storage account named, and does it answer? `npm run verify` without more says how.");
  process.exitCode = 1;
}
