import type { Family } from "../../../src/events/families.ts";
import { notChecked, problem, type Said } from "../finding.ts";
import { change, type Expected, type Ours } from "./expected.ts";

/** How subjects begin in families that infra/ has no filter for. */
const otherSubjects: Partial<Record<Family, string>> = { recording: "/recording/" };

/** Whether a filter by subject can match at all. Microsoft's own example has a slash too few. */
export function judgeFilter(one: Ours, expected: Expected): Said[] {
  const { name, family, subjectBeginsWith: given, subjectEndsWith, hasAdvancedFilters } = one;
  const subject = expected.plan[family].subject || (otherSubjects[family] ?? "");
  const said: Said[] = [];
  const fits = startsAlike(given, subject);
  if (!fits) {
    const advice = change(name, `--subject-begins-with "${mended(given, subject)}"`, expected);
    said.push(
      problem(
        `${name} lets nothing through: its filter begins with "${mask(given)}", the subjects of ${family} with "${subject}"`,
        advice,
      ),
    );
  } else if (family === "sms" && /[+\s]/.test(given)) {
    const advice = change(name, `--subject-begins-with "${mask(given.replaceAll(/[+\s]/g, ""))}"`, expected);
    said.push(problem(`${name} lets nothing through: a number in a subject has digits only`, advice));
  }
  if (subjectEndsWith !== "" || hasAdvancedFilters) {
    said.push(
      notChecked(
        `${name} has ${hasAdvancedFilters ? "advanced filters" : "a filter on the end of subjects"}: whether they let the right events through is yours to know`,
      ),
    );
  }
  return said;
}

function startsAlike(given: string, subject: string): boolean {
  const [a, b] = [given.toLowerCase(), subject.toLowerCase()];
  return a.startsWith(b) || b.startsWith(a);
}

/** The filter as it was meant: with the slash that the subjects have, or without it. */
function mended(given: string, subject: string): string {
  const [bare, wanted] = [given.replace(/^\/+/, ""), subject.replace(/^\/+/, "")];
  const rest = bare.toLowerCase().startsWith(wanted.toLowerCase()) ? bare.slice(wanted.length) : "";
  return mask(subject + rest);
}

/** A filter may be somebody's whole number: its first digits are shown. */
function mask(text: string): string {
  return text.replace(/\d{7,}/g, (digits) => `${digits.slice(0, 4)}…`);
}
