// `npm run bench [-- NAME …]`: what the tests do not measure. Each case prints what it found and fails when a bound is broken.
import { delivery } from "./delivery.ts";
import { duties, million } from "./duties.ts";
import { entities } from "./entities.ts";
import { incomingCall } from "./incomingCall.ts";
import { operations } from "./operations.ts";
import { recording } from "./recording.ts";
import { replyLatency } from "./replyLatency.ts";
import { start } from "./start.ts";
import { throughput } from "./throughput.ts";

const cases: Record<string, () => Promise<string[]>> = {
  ...{ entities, start, throughput, operations, delivery, duties, incomingCall, recording, replyLatency },
};
/** Only when they are asked for: they take hours. */
const long: Record<string, () => Promise<string[]>> = { million };
const wanted = process.argv.slice(2);

for (const name of wanted.length > 0 ? wanted : Object.keys(cases)) {
  const run = cases[name] ?? long[name];
  if (!run) throw new Error(`There is no case "${name}". Cases: ${Object.keys({ ...cases, ...long }).join(", ")}.`);
  console.log(`\n${name}`);
  for (const broken of await run()) {
    console.log(`  BROKEN  ${broken}`);
    process.exitCode = 1;
  }
}
