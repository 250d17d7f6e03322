interface Locked {
  version?: string;
  dependencies?: Record<string, string>;
  [member: string]: unknown;
}

interface Lock {
  packages: Record<string, Locked>;
  [member: string]: unknown;
}

/**
 * What a lock file says of these packages and of what they depend on: the same versions, and the same hashes.
 * @throws Error for a package that is not in it
 */
export function lockFor(names: readonly string[], lock: Lock): Lock {
  const { name, version, engines, dependencies = {} } = lock.packages[""] ?? {};
  const kept = new Map<string, Locked>();
  const wanted: [from: string, name: string][] = names.map((one) => ["", one]);
  for (const [from, one] of wanted) {
    const path = placeOf(one, from, lock);
    if (kept.has(path)) continue;
    const locked = lock.packages[path] ?? {};
    kept.set(path, locked);
    wanted.push(...Object.keys(locked.dependencies ?? {}).map((needed): [string, string] => [path, needed]));
  }
  const direct = Object.fromEntries(names.map((one) => [one, dependencies[one] ?? "*"]));
  const root = { name, version, engines, dependencies: direct };
  return { ...lock, packages: { "": root, ...Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1))) } };
}

/** Where Node.js finds a package from another: there, or on the way up. */
function placeOf(name: string, from: string, lock: Lock): string {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    const path = `${at}${at && "/"}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (at === "") throw new Error(`package-lock.json does not have ${name}. Run npm install.`);
  }
}
