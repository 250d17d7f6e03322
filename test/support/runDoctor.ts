import { execFile } from "node:child_process";
import type { Finding } from "../../scripts/doctor/finding.ts";
import type { FakeAz } from "./fakeAz.ts";
import { inRepository } from "./repository.ts";

interface Run {
  status: unknown;
  stdout: string;
  stderr: string;
}

/** Runs `npm run doctor` with these settings and no others, where no local.settings.json is. */
export function runDoctor({ env }: FakeAz, settings: Record<string, string>, ...args: string[]): Promise<Run> {
  const command = [inRepository("scripts/doctor.ts"), ...args];
  const options = { cwd: env.FAKE_AZ, env: { ...env, ...settings } };
  return new Promise((resolve) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** What it finds, as JSON says. */
export async function findingsOf(az: FakeAz, settings: Record<string, string>, ...args: string[]) {
  const { status, stdout } = await runDoctor(az, settings, "--json", ...args);
  const { result, findings } = JSON.parse(stdout) as { result: string; findings: Finding[] };
  const of = (state: Finding["state"]) => findings.filter((one) => one.state === state);
  return { status, result, findings, text: stdout, problems: of("problem"), blocked: of("couldNotCheck") };
}
