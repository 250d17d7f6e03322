// `POST /api/people/{identifier}/exports`, and what becomes of the export: status, content, deletion.
import { randomUUID } from "node:crypto";
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { settingOrDefault } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { pacedBody } from "../../http/pacedBody.ts";
import { badQuery } from "../../http/pageQuery.ts";
import { serveBlob } from "../../http/serveBlob.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { put } from "../../storage/ledger.ts";
import { identifierInPath } from "../knowing/identifierInPath.ts";
import { requireHeld } from "../knowing/requireHeld.ts";
import { resolvePerson } from "../knowing/resolvePerson.ts";
import { removeExport } from "./removeExport.ts";
import { day, type ExportRow, exportKey, findExport, partName } from "./rows.ts";

/** The handler of POST: 202, and a job builds it. */
export const postExport = httpHandler(async ({ params }: HttpRequest): Promise<HttpResponseInit> => {
  const person = await resolvePerson(identifierInPath(params));
  await requireHeld(person);
  const exportId = randomUUID();
  const now = Date.now();
  const row: ExportRow = {
    ...{ exportId, identifier: person.identifier, entities: JSON.stringify(person.entities), state: "waiting" },
    ...{ part: 1, cursor: JSON.stringify({ phase: "events", after: "" }), counts: "{}", sizes: "[]" },
    requestedAt: new Date(now),
    expiresAt: new Date(now + settingOrDefault("EXPORT_DAYS") * day),
  };
  // The row first: a crash before the message leaves an export that waits until it expires, and nobody was told of it.
  await put(exportKey(exportId), row);
  await enqueue("person-exports", { exportId, part: 1 });
  const jsonBody = statusOf(row);
  return { status: 202, headers: { "cache-control": "no-store", location: jsonBody.link }, jsonBody };
});

/** The handler of GET and DELETE `…/exports/{id}`. */
export const personExport = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const { row } = await find(request);
  const headers = { "cache-control": "no-store" };
  if (request.method !== "DELETE") return { headers, jsonBody: statusOf(row) };
  await removeExport(row.exportId);
  return { status: 204, headers };
});

/** The handler of GET and HEAD `…/exports/{id}/content`, with `part` where there are several. */
export const exportContent = httpHandler(async (request, context): Promise<HttpResponseInit> => {
  const body = pacedBody(context);
  const { row } = await find(request);
  const part = request.query.get("part") || "1";
  if (!/^[1-9]\d{0,4}$/.test(part)) throw badQuery("part", "part is the number of a zip, from 1.");
  const saveAs = `export-${row.exportId}-${part}.zip`;
  const file = {
    container: "exports",
    blob: partName(row.exportId, Number(part)),
    contentType: "application/zip",
    saveAs,
  } as const;
  const answer = Number(part) < row.part ? await serveBlob(request, file, body) : undefined;
  if (answer) return answer;
  throw new AcsEventsError(
    "ACS_EVENTS_EXPORT_NOT_READY",
    "This part of the export is not there, or not yet. GET …/exports/{id} says which parts there are. An erasure deletes all exports; then make another one.",
    { status: 404, target: "part" },
  );
});

async function find({ params }: HttpRequest) {
  const { entities } = await resolvePerson(identifierInPath(params));
  return findExport(params.id ?? "", entities);
}

function statusOf({ exportId, identifier, state, counts, sizes, requestedAt, expiresAt }: ExportRow) {
  const link = `/api/people/${encodeURIComponent(identifier)}/exports/${exportId}`;
  return {
    id: exportId,
    identifier,
    status: state,
    link,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    counts: JSON.parse(counts) as object,
    parts: (JSON.parse(sizes) as number[]).map((bytes, index) => ({
      ...{ part: index + 1, bytes },
      link: `${link}/content?part=${index + 1}`,
    })),
  };
}
