// Stops an npm script with advice when `node` is not the Node.js 24 that the project brings (see "Node 24" in the README).
const [major] = process.versions.node.split(".");
if (major !== "24") {
  console.error(
    `acs-events runs on Node.js 24, and this is ${process.version}. "npm ci" installs Node.js 24 for Linux, macOS and Windows ` +
      "as an optional dependency: run it again without --omit=optional, or put a Node.js 24 first in PATH.",
  );
  process.exit(1);
}
