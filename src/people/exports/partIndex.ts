// What a zip of an export holds, for programs (index.json) and for people (index.html).
import type { Counts } from "./rows.ts";

export interface PartIndex {
  /** Of whom, as it was asked for, and all names that are known as this person. */
  identifier: string;
  names: readonly string[];
  requestedAt: string;
  /** Which zip this is, and whether another follows. */
  part: number;
  last: boolean;
  /** Of this zip: events by family, and the rest by kind. */
  counts: Counts;
  /** What the person said of texts from us; in the last zip. */
  optOuts?: readonly object[];
  files: readonly { kind: string; path: string }[];
}

export function indexJson(index: PartIndex): string {
  return `${JSON.stringify(index, null, 2)}\n`;
}

/** A page without scripts, styles from elsewhere or links but to the files beside it. */
export function indexHtml({ identifier, names, requestedAt, part, last, counts, files }: PartIndex): string {
  const row = ([kind, number]: [string, number]) => `<tr><td>${html(kind)}</td><td>${number}</td></tr>`;
  const link = ({ kind, path }: PartIndex["files"][number]) =>
    `<tr><td>${html(kind)}</td><td><a href="${html(encodeURI(path).replaceAll("#", "%23").replaceAll("?", "%3F"))}">${html(path)}</a></td></tr>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>What is held about ${html(identifier)}</title>
<style>body{font:1rem/1.5 sans-serif;margin:2rem;max-width:60rem}td{padding:0 1rem 0 0;vertical-align:top}</style>
</head>
<body>
<h1>What is held about ${html(identifier)}</h1>
<p>Asked for at ${html(requestedAt)}. Part ${part}${last ? ", the last one" : "; another one follows"}.</p>
<h2>Names</h2>
<ul>${names.map((name) => `<li>${html(name)}</li>`).join("")}</ul>
<h2>How much</h2>
<table>${Object.entries(counts).map(row).join("\n")}</table>
<h2>Files</h2>
<table>${files.map(link).join("\n")}</table>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for HTML, between tags and in attributes. */
function html(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? "").replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}
