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
  return ours.flatMap(({ name, family, includedEventTypes }): Said[] => {
    const types = wantedOf(family, expected).map((type) => prefix + type);
    const mend = change(name, `--included-event-types ${types.join(" ")}`, expected);
    if (includedEventTypes === undefined) {
      return [problem(`${name} names no event types, so all of them come to ${family}Events`, mend)];
    }
    return includedEventTypes.flatMap((type): Said[] => {
      const definition = definitionOf(type);
      if (definition?.family === family) return [];
      const says = definition
        ? `${type} goes to ${family}Events by ${name}, and belongs to ${definition.family}Events`
        : `${name} names ${type}, which is no event type of ACS that this version knows: it goes to quarantine`;
      return [problem(says, mend)];
    });
  });
}

function judgeFamily(family: Family, ours: readonly Ours[], expected: Expected): Said[] {
  const wanted = wantedOf(family, expected);
  const reaching = wanted.map((type) => ({ type, by: ours.filter((one) => takes(one, prefix + type)) }));
  const missing = reaching.filter(({ by }) => by.length === 0).map(({ type }) => type);
  const said: Said[] = [];
  if (missing.length > 0) {
    const what = missing.length === wanted.length ? "none of its event types" : `not ${missing.join(", ")}`;
    const says = `${family}Events gets ${what}: nobody who is not subscribed gets them later`;
    said.push(problem(says, "azd hooks run postdeploy"));
  }
  // By the pair that brings them, so that a pair is told once.
  const twice = Map.groupBy(
    reaching.flatMap(({ type, by }) => overlapping(by).map(([one, other]) => ({ type, one, other }))),
    ({ one, other }) => `${one.name} and ${other.name}`,
  );
  for (const [names, pairs] of twice) {
    const types = pairs.map(({ type }) => type).join(", ");
    // The one that the deployment did not make.
    const [extra] = pairs.flatMap(({ one, other }) => [other, one]).filter(({ name }) => name !== `${family}Events`);
    said.push(problem(`${types}: come twice, by ${names}`, deletion(extra?.name ?? names, expected)));
  }
  return said;
}

function wantedOf(family: Family, { plan, excludedTypes }: Expected): string[] {
  return plan[family].eventTypes.filter((type) => !excludedTypes.has(type.toLowerCase()));
}

function takes({ includedEventTypes }: Ours, type: string): boolean {
  if (includedEventTypes === undefined) return true;
  return includedEventTypes.some((one) => (definitionOf(one)?.type ?? one).toLowerCase() === type.toLowerCase());
}

/** Subscriptions, two at a time, that can take the same event. Filters by subject may keep them apart; what advanced filters do is not judged. */
function overlapping(ours: readonly Ours[]): [Ours, Ours][] {
  return ours.flatMap((one, index) =>
    ours.slice(index + 1).flatMap((two): [Ours, Ours][] => (areApart(one, two) ? [] : [[one, two]])),
  );
}

function areApart(one: Ours, two: Ours): boolean {
  if (one.hasAdvancedFilters && two.hasAdvancedFilters) return true;
  const [a, b] = [one.subjectBeginsWith.toLowerCase(), two.subjectBeginsWith.toLowerCase()];
  return !a.startsWith(b) && !b.startsWith(a);
}
