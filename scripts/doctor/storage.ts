import { isLoopbackHost } from "../../src/acs/isLoopbackHost.ts";
import { setting } from "../../src/config.ts";

export type StorageService = "blob" | "queue" | "table";

/** Whether the settings name the account by connection string; then no role matters. */
export const byConnectionString = (): boolean => setting("AzureWebJobsStorage") !== "";

/** The address of a service of the account that the settings name; undefined when they name none that has an address. */
export function addressOf(service: StorageService): string | undefined {
  const text = setting("AzureWebJobsStorage");
  if (text === "") {
    const name = setting("AzureWebJobsStorage__accountName");
    return name === "" ? undefined : `https://${name}.${service}.core.windows.net`;
  }
  const ports = { blob: 10_000, queue: 10_001, table: 10_002 };
  if (/^UseDevelopmentStorage=true;?$/i.test(text)) return `http://127.0.0.1:${ports[service]}/devstoreaccount1`;
  const member = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, "i").exec(text)?.[1];
  const given = member(`${service}Endpoint`);
  if (given !== undefined) return given;
  const account = member("AccountName");
  return account && `https://${account}.${service}.${member("EndpointSuffix") ?? "core.windows.net"}`;
}

/** Whether the account is an emulator's on this machine. */
export function isEmulated(): boolean {
  return isLoopbackHost(URL.parse(addressOf("blob") ?? "")?.hostname ?? "");
}

/** The account's name, for commands. */
export function accountName(): string {
  const url = URL.parse(addressOf("blob") ?? "");
  if (!url) return "ACCOUNT";
  return isEmulated() ? url.pathname.replaceAll("/", "") : (url.hostname.split(".")[0] ?? "ACCOUNT");
}
