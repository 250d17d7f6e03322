import { settings } from "../../../src/config.ts";
import type { DeployedApp } from "./deployedApp.ts";

/** Puts the app's settings in the place of this machine's. The identity is that of whoever runs this: the app's is not to be had here. */
export function takeSettings({ settings: given, host }: DeployedApp): void {
  for (const name of Object.keys(settings)) {
    const value = given.get(name);
    if (value === undefined || name === "AzureWebJobsStorage__clientId") delete process.env[name];
    else process.env[name] = value;
  }
  process.env.WEBSITE_HOSTNAME = host;
}
