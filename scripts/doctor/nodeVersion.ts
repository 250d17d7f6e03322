import packageJson from "../../package.json" with { type: "json" };
import { type Check, ok, problem } from "./finding.ts";

const [major = ""] = /\d+/.exec(packageJson.engines.node) ?? [];

/** @param found such as "24" or "v24.21.0"; undefined when Azure does not say */
export function nodeVersion(where: string, found: string | undefined, mend: string): Check {
  const isRight = /\d+/.exec(found ?? "")?.[0] === major;
  const said = isRight
    ? ok(`${found} ${where}`)
    : problem(`${found ?? "none"} ${where}; the app is made for Node.js ${major}`, mend);
  return { name: "Node.js", look: async () => [said] };
}
