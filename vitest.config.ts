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
  "chaos",
  "erasure",
  "crash",
  "recordingSweep",
  "retentionTrouble",
  "verify",
  "incomingCalls",
  "threadsList",
].map((name) => `${name}.test.ts`);

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
    include: ["test/**/*.test.ts"],
    // The app dies at every single step there: minutes, so they run by `npm run test:long`, each night and before a release.
    exclude: process.env.LONG === "1" ? [] : ["test/long/**"],
    // A stack of its own per file: Azurite, simulators and the built app. Two cores carry three of them, as a third of the time is waiting.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 150_000,
    hookTimeout: 150_000,
    // What is waited for is a matter of time on a busy machine: vitest's one second is less than a start of the app takes there.
    expect: { poll: { timeout: 30_000 } },
  },
});
