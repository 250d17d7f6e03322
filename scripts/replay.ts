// `npm run replay -- --from TIME …`: replays what lies in quarantine, what Event Grid gave up on, or what is archived. The account is that of
// the app's settings: from the environment, else from local.settings.json.
import { loadLocalSettings } from "./loadLocalSettings.ts";
import { replayCommand } from "./replayCommand.ts";

await loadLocalSettings();
// The jobs of what is replayed go to the app's queues, and the app decides by its own settings when it does them.
process.env.AUTO_REPLY = "on";
process.env.AUTO_RECORD = "all";
process.exitCode = await replayCommand(process.argv.slice(2), { out: console.log, err: console.error });
