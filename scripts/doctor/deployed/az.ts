import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CouldNotCheckError } from "../couldNotCheckError.ts";

/** Runs a command of the Azure CLI and gives its JSON. @throws CouldNotCheckError */
export type Az = (...args: string[]) => Promise<unknown>;

const run = promisify(execFile);

/** Milliseconds: a slow answer of Azure takes some ten seconds. */
const timeout = 120_000;

/** @param subscription of all commands; that of `az account show` if undefined */
export function openAz(subscription: string | undefined): Az {
  return async (...args) => {
    const where = subscription === undefined || args.includes("--subscription") ? [] : ["--subscription", subscription];
    const command = [...args, ...where, "--output", "json"];
    const { stdout } = await run("az", command, { timeout, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
      throw failure(args, error);
    });
    try {
      return JSON.parse(stdout);
    } catch {
      throw new CouldNotCheckError(`az ${nameOf(args)} printed no JSON`, `az ${args.join(" ")}`);
    }
  };
}

function failure(args: string[], error: { code?: unknown; stderr?: unknown; killed?: boolean }): CouldNotCheckError {
  if (error.code === "ENOENT") {
    return new CouldNotCheckError("Azure CLI (az) is not installed", "https://aka.ms/installazurecli, then az login");
  }
  const said = String(error.stderr ?? "");
  if (/az login|AADSTS|not logged in/i.test(said))
    return new CouldNotCheckError("nobody is signed in to Azure", "az login");
  const why = error.killed === true ? "did not answer" : `failed: ${said.trim().split("\n")[0]?.slice(0, 200)}`;
  return new CouldNotCheckError(`az ${nameOf(args)} ${why}`, `az ${args.join(" ")}`);
}

/** The words before the options. */
const nameOf = (args: string[]): string =>
  args
    .slice(
      0,
      args.findIndex((arg) => arg.startsWith("-")),
    )
    .join(" ");
