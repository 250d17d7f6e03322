// `npm start` and `npm run send` as a user types them, in a copy of the repository: the build and .local are its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Addresses } from "../../dev/stack/startStack.ts";
import { openStore } from "../../dev/stack/store.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { type Copy, copyOfRepository } from "../support/copyOfRepository.ts";
import { alive, family } from "../support/processes.ts";

let clone: Copy;
const started: ChildProcess[] = [];
beforeAll(async () => {
  clone = await copyOfRepository(["package.json", "host.json", "tsconfig.json", "src", "dev", "scripts"]);
});
afterAll(async () => {
  for (const { pid } of started) if (pid && alive([pid]).length > 0) process.kill(-pid, "SIGKILL");
  await clone.remove();
});

describe("npm start --once", () => {
  it("plays the story, sums it up, exits 0 and leaves nothing running", async () => {
    const npm = run(["start", "--", "--once", "--port", "0", "--data", join(clone.dir, "story")]);
    const processes = new Set<number>();
    npm.stdout.on("data", () => {
      for (const pid of family(npm.pid ?? 0)) processes.add(pid);
    });
    const output = await text(npm.stdout);
    expect(await exitCode(npm), output).toBe(0);
    expect(processes.size).toBeGreaterThan(2);
    expect(alive([...processes])).toEqual([]);
    for (const row of ["sms", "chat", "call", "incomingCall", "recording"]) {
      expect(output).toMatch(new RegExp(`^events archived: ${row} +\\d+$`, "m"));
    }
    expect(output).toMatch(/^replies sent +\d+$/m);
    expect(output.match(/^recording saved: \S+ +\d+ bytes, SHA-256 [0-9a-f]{64}$/gm)).toHaveLength(2);
    expect(output).toMatch(/^quarantined +1$/m);
    expect(output).toContain("Everything the story expects happened.");
  });
});

describe("npm start --json", () => {
  let stack: Started;
  beforeAll(async () => {
    stack = await startStack("stack");
  });

  it("prints one line of JSON with the five addresses, and nothing else", async () => {
    expect(Object.keys(stack.addresses)).toEqual([
      "host",
      "eventGrid",
      "acs",
      "acsConnectionString",
      "storageConnectionString",
    ]);
    expect((await fetch(`${stack.addresses.host}/api/health`)).status).toBe(200);
    expect((await fetch(`${stack.addresses.acs}/simulator/messages`)).status).toBe(200);
  });

  it("is found by npm run send, which publishes one event", async () => {
    const sent = run(["run", "--silent", "send", "--", "SMSReceived", "--data.from", "+14255550177", "--id", "sent-1"]);
    expect(await text(sent.stdout)).toContain("sent-1");
    expect(await exitCode(sent)).toBe(0);
    await stack.idle();
    const messages = await (await fetch(`${stack.addresses.acs}/simulator/messages`)).json();
    expect(messages).toMatchObject([{ to: "+14255550177" }]);
  });

  it("takes any payload from npm run send --file", async () => {
    const file = join(clone.dir, "payload.json");
    await writeFile(file, JSON.stringify([eventGridEvent("CallStarted", undefined, { id: "sent-2" })]));
    expect(await exitCode(run(["run", "--silent", "send", "--", "--file", file]))).toBe(0);
    await stack.idle();
    expect(await openStore(stack.addresses.storageConnectionString).archived("sent-2")).toHaveLength(1);
  });

  it("ends with everything that it started within 5 s of a SIGTERM to npm, having printed nothing more", async () => {
    const processes = family(stack.pid);
    expect(processes.length).toBeGreaterThan(2);
    process.kill(stack.pid, "SIGTERM");
    await gone(processes);
    expect((await stack.output).trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a running stack", () => {
  it("ends when its parent is killed", async () => {
    const { pid } = await startStack("orphan");
    const [npm, ...others] = family(pid);
    process.kill(npm ?? pid, "SIGKILL");
    await gone(others);
  });

  it("ends when the one who started npm is killed", async () => {
    const { pid } = await startStack("abandoned", ["sh", "-c", '"$@"; true', "sh", "npm"]);
    const [shell, ...others] = family(pid);
    process.kill(shell ?? pid, "SIGKILL");
    await gone(others);
  });

  it("ends when its process group gets a SIGTERM", async () => {
    const { pid } = await startStack("group");
    const processes = family(pid);
    process.kill(-pid, "SIGTERM");
    await gone(processes);
  });
});

interface Started {
  pid: number;
  addresses: Addresses;
  /** All that it prints, when it has ended. */
  output: Promise<string>;
  /** Resolves when all that follows from what was published is done. */
  idle(): Promise<void>;
}

function run(
  args: string[],
  [command = "npm", ...first]: string[] = [],
): ChildProcess & { stdout: NodeJS.ReadableStream } {
  // A process group of its own, as a terminal gives it.
  const npm = spawn(command, [...first, ...args], {
    cwd: clone.dir,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(npm);
  return npm;
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

async function startStack(data: string, command?: string[]): Promise<Started> {
  const options = ["--no-demo", "--port", "0", "--json", "--data", join(clone.dir, data)];
  const npm = run(["start", "--silent", "--", ...options], command);
  const output = text(npm.stdout);
  const [first] = await once(npm.stdout, "data");
  const addresses: Addresses = JSON.parse(String(first));
  return {
    pid: npm.pid ?? 0,
    addresses,
    output,
    async idle() {
      for (const url of [addresses.eventGrid, addresses.host]) await fetch(`${url}/idle`);
    },
  };
}

/** Waits until the processes have ended: they must within 5 s. */
async function gone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => alive(pids), { timeout: 5000 }).toEqual([]);
}
