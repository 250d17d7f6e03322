import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Compiled once for all test files and for what they start: Node.js keeps it between runs.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "acs-events-compile-cache");

/** The files that take longest, longest first: begun last, one of them would keep a core waiting for it alone. */
const longest = [
  "smsStories",
  "autoRecord",
  "erasureHolds",
  "start",
  "export",
  "observability",
  "chaos",
  "erasure",
  "crash",
  "recordingSweep",
  "retentionTrouble",
  "verify",
  "incomingCalls",
  "threadsList",
].map((name) => `${name}.test.ts`);

/** These call the app's modules in their own process with settings of their own; modules remember settings and clients of storage. */
const alone = [
  "test/app/{erasure,erasureHolds,optOutKey,replayCommand}.test.ts",
  "test/calls/{incomingCommand,joinedCall,settleCall}.test.ts",
  "test/http/callbackToken.test.ts",
  "test/long/{brokenErasure,resume}.test.ts",
  "test/problems/checking.test.ts",
  "test/project/settings.test.ts",
  "test/proof/{seal,signing,verify}.test.ts",
  "test/recordings/claimAutoRecord.test.ts",
  "test/retention/*.test.ts",
  "test/rules/configDocument.test.ts",
  "test/sms/rulesCommand.test.ts",
  "test/storage/{account,problems,problemsList}.test.ts",
];

// The app dies at every single step in test/long: minutes, so they run by `npm run test:long`, each night and before a release.
const exclude = process.env.LONG === "1" ? [] : ["test/long/**"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.indexOf(basename(moduleId));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    projects: [
      // Modules are loaded once a process: 1.5 s of processor time less for each file that starts the app, and a warm Azurite.
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: [...exclude, ...alone], isolate: false },
      },
      { extends: true, test: { name: "alone", include: alone, exclude } },
    ],
    // A stack of its own per file: Azurite, simulators and the built app. Two cores carry three of them, as a third of the time is waiting.
    maxWorkers: 3,
    setupFiles: ["test/support/leaveNothing.ts"],
    sequence: { sequencer: LongestFirst },
    testTimeout: 150_000,
    hookTimeout: 150_000,
    // What is waited for is a matter of time on a busy machine: vitest's one second is less than a start of the app takes there.
    expect: { poll: { timeout: 30_000 } },
  },
});
