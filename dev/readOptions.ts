import { parseArgs } from "node:util";

const usage = `npm start -- [--once] [--no-demo] [--json] [--port N] [--data DIR] [--auth KEY] [--delay-scale F]

  --once           play the demo story and exit: 0 if all that it expects happened, else 1
  --no-demo        only start the stack
  --json           print one line of JSON with the addresses when ready, and nothing else
  --port N         port of the Functions host (default 7071); Event Grid and ACS get the next two; 0 = any free ports
  --data DIR       folder of the storage account's data (default .local/data)
  --auth KEY       check keys, with KEY as the master key
  --delay-scale F  factor for the delays of queues and of Event Grid's retries (default 0.1; 1 = Azure's pace)
Settings of the app (docs/settings.md) are taken from the environment.`;

/** The options of `npm start`. With --help, or with an option that is none, it says how and ends the process. */
export function readOptions() {
  try {
    const { values } = parse();
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!(Number.isInteger(port) && port >= 0 && port <= 65_533))
      throw new Error("--port wants a number from 0 to 65533.");
    if (!(Number(values["delay-scale"]) > 0)) throw new Error("--delay-scale wants a number above 0.");
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

function parse() {
  return parseArgs({
    allowNegative: true,
    options: {
      once: { type: "boolean", default: false },
      demo: { type: "boolean", default: true },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      port: { type: "string", default: "7071" },
      data: { type: "string", default: ".local/data" },
      auth: { type: "string" },
      "delay-scale": { type: "string", default: "0.1" },
    },
  });
}
