import { describe, expect, it } from "vitest";
import { settings } from "../../src/config.ts";
import { readText, sourceFiles } from "../support/repository.ts";
import { members, strings } from "./readBicep.ts";
import { template, templates, variable } from "./templates.ts";

const app = template("app.bicep");
const site = members(members(app.modules.find(({ name }) => name === "site")?.value ?? "").params ?? "");
const appSettings = members(variable("app.bicep", "appSettings").replace(/^union\(ownerSettings, /, ""));

/** What the host reads, not the app: https://learn.microsoft.com/azure/azure-functions/functions-app-settings */
const hostSettings = [
  "AzureWebJobsStorage__credential",
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
];

describe("the app's settings", () => {
  it("are settings that the code or the host reads", () => {
    const known = [...Object.keys(settings), ...hostSettings];
    expect(Object.keys(appSettings).filter((name) => !known.includes(name))).toEqual([]);
  });

  it("name storage, ACS and the identity for both, so that nothing needs a key", () => {
    expect(Object.keys(appSettings)).toEqual(
      expect.arrayContaining([
        ...["AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential"],
        ...["ACS_ENDPOINT", "ACS_RESOURCE_ID", "ALLOWED_TOPICS"],
      ]),
    );
    expect(appSettings.AzureWebJobsStorage__credential).toBe("'managedidentity'");
  });

  it("hold no key and no connection string but the address of Application Insights, which takes no data without an identity", () => {
    const suspects = Object.keys(appSettings).filter((name) => /connection|secret|password|sas\b|key/i.test(name));
    expect(suspects).toEqual(["APPLICATIONINSIGHTS_CONNECTION_STRING"]);
    expect(Object.keys(appSettings)).not.toContain("AzureWebJobsStorage");
    expect(template("monitoring.bicep").text).toContain("disableLocalAuth: true");
    for (const [name, { text }] of templates)
      expect(text, name).not.toMatch(/\blist(Keys|\w*Sas)?\(|AccountKey|SharedAccess|accesskey/i);
  });

  it("cannot be given a connection string or a key by the owner", () => {
    const refused = [...strings(variable("app.bicep", "connectionStrings")), ...strings(variable("app.bicep", "keys"))];
    const names = Object.keys(settings) as (keyof typeof settings)[];
    // What stands in the template wins over the owner's.
    const secrets = names.filter(
      (name) => /^connection string of|^key /i.test(settings[name].meaning) && !(name in appSettings),
    );
    expect(secrets.length).toBeGreaterThan(2);
    expect(refused.toSorted()).toEqual(secrets.toSorted());
    expect(variable("app.bicep", "ownerSettings")).toMatch(
      /^empty\(refused\)[\s\S]*: fail\('ACS_EVENTS_SETTINGS holds a secret: /,
    );
  });

  it("are all that there is: what is removed here is removed there", () => {
    expect(site.configs).toContain("retainCurrentAppSettings: false");
  });
});

describe("the function app", () => {
  const config = members(site.functionAppConfig ?? "");

  it("runs on Flex Consumption, on the Node.js that package.json wants", () => {
    const [, major] = /^>=(\d+) /.exec(JSON.parse(readText("package.json")).engines.node) ?? [];
    expect(members(config.runtime ?? "")).toEqual({ name: "'node'", version: `'${major}'` });
    expect(app.text).toContain("skuName: 'FC1'");
  });

  it("has none of the settings that Flex Consumption keeps elsewhere", () => {
    const elsewhere = ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_NODE_DEFAULT_VERSION"];
    expect(elsewhere.filter((name) => name in appSettings)).toEqual([]);
  });

  it("takes its package from a container that is made, with the app's identity", () => {
    expect(config.deployment).toContain("type: 'UserAssignedIdentity'");
    expect(template("storage.bicep").text).toContain("concat(kept.containers, [deploymentContainer])");
  });

  it("keeps instances ready for the function that takes incoming calls", () => {
    const [ready = ""] = strings(members(config.scaleAndConcurrency ?? "").alwaysReady ?? "");
    expect(sourceFiles("src/functions")).toContain(`src/functions/${ready.replace("function:", "")}.ts`);
  });
});

describe("who gets in", () => {
  const authentication = members(variable("app.bicep", "authentication"));
  const excluded = strings(members(authentication.globalValidation ?? "").excludedPaths ?? "");

  it("needs a token of Entra ID but for Event Grid's deliveries and ACS's callbacks, which bring another proof", () => {
    expect(excluded).toEqual(["/runtime/webhooks/*", "/api/callbacks/*"]);
    expect(members(authentication.globalValidation ?? "")).toMatchObject({
      requireAuthentication: "true",
      unauthenticatedClientAction: "'Return401'",
    });
    expect(members(authentication.platform ?? "").enabled).toBe("httpAuth == 'entra'");
  });

  it("excludes no function that a key protects, and each that ACS calls", () => {
    const prefix = JSON.parse(readText("host.json")).extensions.http.routePrefix;
    const doors = sourceFiles("src/functions").flatMap((path) => {
      const [, route] = /\broute: "([^"]+)"/.exec(readText(path)) ?? [];
      const [, level] = /\bauthLevel: "?(\w+)/.exec(readText(path)) ?? [];
      return route ? [{ path: `/${prefix}/${route}`, level }] : [];
    });
    const isExcluded = (path: string) => excluded.some((one) => path.startsWith(one.replace(/\*$/, "")));
    expect(doors.filter(({ path }) => isExcluded(path)).map(({ level }) => level)).toEqual(["anonymous", "anonymous"]);
    const open = doors.filter(({ path, level }) => level === "anonymous" && !isExcluded(path));
    expect(open.map(({ path }) => path)).toEqual([`/${prefix}/health`]);
  });

  it("may be limited to Event Grid and given ranges; closing the app is refused, with the reason", () => {
    expect(strings(variable("app.bicep", "inboundRules"))).toContain("AzureEventGrid");
    expect(site.siteConfig).toContain("ipSecurityRestrictionsDefaultAction: limited ? 'Deny' : 'Allow'");
    expect(site.publicNetworkAccess).toBe("'Enabled'");
    const limited = variable("app.bicep", "limited");
    expect(limited).toMatch(/^contains\(\['open', 'limited'\], inbound\)/);
    expect(limited).toMatch(
      /fail\('.*cannot be closed: Event Grid does not deliver over private endpoints, and ACS calls back over the internet/,
    );
  });

  it("takes no password for deployments", () => {
    expect(strings(site.basicPublishingCredentialsPolicies ?? "")).toEqual(["ftp", "scm"]);
    expect(site.basicPublishingCredentialsPolicies).not.toContain("true");
  });
});
