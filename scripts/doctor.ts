// `npm run doctor`: says what is wrong with an installation, and what mends it.
// The settings are those of the environment, else of local.settings.json; or those of a deployed app.
import { doctorCommand } from "./doctor/doctorCommand.ts";
import { loadLocalSettings } from "./loadLocalSettings.ts";

await loadLocalSettings();
process.exitCode = await doctorCommand(process.argv.slice(2), { out: console.log, err: console.error });
