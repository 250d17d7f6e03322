// `npm run rules -- --try TEXT --to NUMBER`, `npm run rules -- --check`. The account is that of the app's settings: from the
// environment, else from local.settings.json.
import { loadLocalSettings } from "./loadLocalSettings.ts";
import { rulesCommand } from "./rulesCommand.ts";

await loadLocalSettings();
process.exitCode = await rulesCommand(process.argv.slice(2), { out: console.log, err: console.error });
