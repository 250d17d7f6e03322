// An `az` that answers from files, by the words before its first option.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = `#!/bin/sh
name=
for word in "$@"; do
  case "$word" in -*) break ;; esac
  name="$name-$word"
done
printf '%s\\n' "$*" >>"$FAKE_AZ/calls"
if [ -f "$FAKE_AZ/$name.json" ]; then cat "$FAKE_AZ/$name.json"; else echo "ERROR: $name is not known" >&2; exit 1; fi
`;

export interface FakeAz {
  /** The environment in which it is found. */
  env: { PATH: string; FAKE_AZ: string };
  /** What a command prints from now on; undefined: it fails. */
  answer(command: string, json: unknown): void;
  remove(): void;
}

export function createFakeAz(): FakeAz {
  const dir = mkdtempSync(join(tmpdir(), "acs-events-az-"));
  mkdirSync(join(dir, "bin"));
  writeFileSync(join(dir, "bin", "az"), script, { mode: 0o755 });
  return {
    env: { PATH: `${join(dir, "bin")}:/usr/bin:/bin`, FAKE_AZ: dir },
    answer(command, json) {
      const file = join(dir, `-${command.replaceAll(" ", "-")}.json`);
      if (json === undefined) rmSync(file, { force: true });
      else writeFileSync(file, JSON.stringify(json));
    },
    remove: () => rmSync(dir, { recursive: true }),
  };
}
