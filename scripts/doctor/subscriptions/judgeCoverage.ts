import { definitionOf } from "../../../src/events/definitions.ts";
import type { Family } from "../../../src/events/families.ts";
import { problem, type Said } from "../finding.ts";
import { change, deletion, type Expected, type Ours } from "./expected.ts";
import { prefix } from "./plan.ts";

/** Whether each event type that is wanted reaches exactly one function, and that of its family. */
export function judgeCoverage(ours: readonly Ours[], expected: Expected): Said[] {
  return [
    ...judgeNamedTypes(ours, expected),
    ...expected.families.flatMap((family) => judgeFamily(family, ours, expected)),
  ];
}

/** What a subscription names and should not: another family's types, and types that nobody knows. */
function judgeNamedTypes(ours: readonly Ours[], expected: Expected): Said[] {
  return ours.flatMap((one): Said[] => {
    const { name, family, includedEventTypes } = one;
    if (includedEventTypes === undefined) {
      const types = expected.plan[family].eventTypes.map((type) => prefix + type).join(" ");
      const advice = change(name, `--included-event-types ${types}`, expected);
      return [problem(`${name} names no event types, so all of them come to ${family}Events`, advice)];
    }
    return includedEventTypes.flatMap((type): Said[] => {
      const definition = definitionOf(type);
      if (definition === undefined) {
        return [
          problem(
            `${name} names ${type}, which is no event type of ACS that this version knows: it goes to quarantine`,
            change(name, "--included-event-types …", expected),
          ),
        ];
      }
      if (definition.family === family) return [];
      const says = `${type} goes to ${family}Events by ${name}, and belongs to ${definition.family}Events`;
      return [problem(says, change(name, "--included-event-types …", expected))];
    });
  });
}

function judgeFamily(family: Family, ours: readonly Ours[], expected: Expected): Said[] {
  const { plan, excludedTypes } = expected;
  const wanted = plan[family].eventTypes.filter((type) => !excludedTypes.has(type.toLowerCase()));
  const reaching = wanted.map((type) => ({ type, by: ours.filter((one) => takes(one, prefix + type)) }));
  const missing = reaching.filter(({ by }) => by.length === 0).map(({ type }) => type);
  const said: Said[] = [];
  if (missing.length > 0) {
    const what = missing.length === wanted.length ? "none of its event types" : `not ${missing.join(", ")}`;
    said.push(
      problem(`${family}Events gets ${what}: nobody who is not subscribed gets them later`, "azd hooks run postdeploy"),
    );
  }
  const twice = reaching.filter(({ by }) => overlap(by) !== undefined);
  const [first] = twice;
  const pair = first && overlap(first.by);
  if (pair) {
    const names = twice.map(({ type }) => type).join(", ");
    said.push(
      problem(
        `${names} come twice, by ${pair.map(({ name }) => name).join(" and ")}`,
        deletion(pair[1].name, expected),
      ),
    );
  }
  return said;
}

function takes({ includedEventTypes }: Ours, type: string): boolean {
  return (
    includedEventTypes?.some((one) => (definitionOf(one)?.type ?? one).toLowerCase() === type.toLowerCase()) ?? true
  );
}

/** Two subscriptions that can take the same event. Filters by subject may keep them apart; what advanced filters do is not judged. */
function overlap(ours: readonly Ours[]): [Ours, Ours] | undefined {
  for (const [index, one] of ours.entries()) {
    const other = ours.slice(index + 1).find((two) => !areApart(one, two));
    if (other) return [one, other];
  }
  return undefined;
}

function areApart(one: Ours, two: Ours): boolean {
  if (one.hasAdvancedFilters && two.hasAdvancedFilters) return true;
  const [a, b] = [one.subjectBeginsWith.toLowerCase(), two.subjectBeginsWith.toLowerCase()];
  return !a.startsWith(b) && !b.startsWith(a);
}
