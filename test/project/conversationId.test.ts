import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { inRepository } from "../support/repository.ts";

function conversationId(...args: string[]) {
  const script = ["scripts/conversationId.ts", ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, script, { cwd: inRepository(""), encoding: "utf8" });
  return { stdout: stdout.trim(), stderr: stderr.trim(), status };
}

describe("npm run conversation-id", () => {
  it("prints the Base64Url of a conversation's URL, which decodes to the same URL", () => {
    const url = "https://conv.contoso.example/conv/Bg_?i=20&note=>>>???ÿ";
    const { stdout, status } = conversationId(url);
    expect([status, /^[\w-]+$/.test(stdout), Buffer.from(stdout, "base64url").toString()]).toEqual([0, true, url]);
  });

  it.each([[[]], [["a", "b"]], [["aHR0cHM6Ly9"]], [["http://conv.contoso.example/17"]]])(
    "refuses %j with advice",
    (args) => {
      const { stdout, stderr, status } = conversationId(...args);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/URL/);
    },
  );
});
