import { describe, expect, it } from "vitest";
import { readText, sourceFiles } from "../support/repository.ts";
import { members, strings } from "./readBicep.ts";
import { template, templates, variable } from "./templates.ts";

const kept: { containers: string[]; tables: string[]; queues: string[] } = JSON.parse(readText("infra/storage.json"));
const storage = template("storage.bicep");
const account = members(members(storage.modules.find(({ name }) => name === "account")?.value ?? "").params ?? "");

describe("infra/storage.json", () => {
  it("has the containers and tables that the code knows", () => {
    expect(kept.containers.toSorted()).toEqual(literalsOf("src/storage/blobs.ts", "ContainerName").toSorted());
    expect(kept.tables.toSorted()).toEqual(literalsOf("src/storage/tables.ts", "TableName").toSorted());
  });

  it("has the queue of each job function, and its poison queue follows from it", () => {
    const used = sourceFiles("src/functions").flatMap((path) => [...readText(path).matchAll(/onQueue\("([^"]+)"\)/g)]);
    const queues = used.map(([, queue = ""]) => queue);
    const own = queues.filter((queue) => !queue.endsWith("-poison"));
    expect(kept.queues.toSorted()).toEqual(own.toSorted());
    expect(queues.filter((queue) => queue.endsWith("-poison")).toSorted()).toEqual(
      own.map((queue) => `${queue}-poison`).toSorted(),
    );
    expect(account.queueServices).toContain(`concat(kept.queues, map(kept.queues, job => '\${job}-poison'))`);
  });
});

describe("the storage account", () => {
  it("knows no shared key, no public blob, and no old TLS", () => {
    expect(account).toMatchObject({
      allowSharedKeyAccess: "false",
      allowBlobPublicAccess: "false",
      minimumTlsVersion: "'TLS1_2'",
    });
  });

  it("keeps what was overwritten or deleted: versions, and soft delete of blobs and containers", () => {
    expect(members(account.blobServices ?? "")).toMatchObject({
      isVersioningEnabled: "true",
      deleteRetentionPolicyEnabled: "true",
      containerDeleteRetentionPolicyEnabled: "true",
    });
  });

  it("lets exports expire, and nothing else unless it is asked to", () => {
    expect(account.managementPolicyRules).toBe("concat([exportsExpire], versionDays > 0 ? [versionsExpire] : [])");
    expect(strings(variable("storage.bicep", "exportsExpire"))).toContain("exports/");
    expect(variable("storage.bicep", "versionsExpire")).not.toContain("baseBlob");
    expect(template("main.bicep").params.find(({ name }) => name === "versionDays")?.value).toBe("'0'");
  });

  it("lets Event Grid in as a trusted service when it is private", () => {
    expect(account.publicNetworkAccess).toBe("'Enabled'");
    expect(members(account.networkAcls ?? "")).toMatchObject({
      defaultAction: "access == 'private' ? 'Deny' : 'Allow'",
      bypass: "'AzureServices'",
    });
    expect(strings(account.privateEndpoints ?? "")).toEqual(expect.arrayContaining(["blob", "queue", "table"]));
  });
});

describe("roles", () => {
  const roleId = /'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'/g;
  const given = [...templates.values()].flatMap(({ text }) => [...text.matchAll(roleId)].map(([, id = ""]) => id));

  it("are those that docs/security.md tells of, and no other", () => {
    const told = [...readText("docs/security.md").matchAll(/^\|.*`([0-9a-f-]{36})`.*\|$/gm)].map(([, id = ""]) => id);
    expect([...new Set(given)].toSorted()).toEqual([...new Set(told)].toSorted());
  });

  it("give nobody an owner's or contributor's rights over Azure resources", () => {
    const broad = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c"];
    expect(given.filter((id) => broad.includes(id))).toEqual([]);
  });

  it("let Event Grid write to dead-letters only, and the operator to config only", () => {
    const roles = members(variable("storage.bicep", "containerRoles"));
    expect(Object.keys(roles)).toEqual(["dead-letters", "config"]);
    expect(roles["dead-letters"]).toContain("principalId: topicPrincipalId");
    expect(roles.config).toContain("principalId: operatorPrincipalId");
    expect(account.roleAssignments).toContain("principalId: appPrincipalId");
    expect(account.roleAssignments).not.toMatch(/topicPrincipalId|operatorPrincipalId/);
  });
});

/** The texts of a union type of the code. */
function literalsOf(path: string, type: string): string[] {
  const [, union = ""] = new RegExp(`type ${type} =([^;]+);`).exec(readText(path)) ?? [];
  return [...union.matchAll(/"([^"]+)"/g)].map(([, literal = ""]) => literal);
}
