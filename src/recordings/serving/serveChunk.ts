// What the content and metadata routes answer, for a chunk by its recording and index or by its documentId.
import type { HttpRequest } from "@azure/functions";
import { httpHandler } from "../../http/httpHandler.ts";
import { pacedBody } from "../../http/pacedBody.ts";
import type { Held } from "../../storage/ledger.ts";
import { checkSaved } from "../reconcile/checkSaved.ts";
import { raiseMetadataGone } from "../reconcile/damageProblems.ts";
import type { ChunkRow } from "../rows.ts";
import { findChunk, findDocument } from "./findServed.ts";
import { requireMetadata, requireSaved } from "./requireSaved.ts";
import { serveBlob } from "./serveBlob.ts";

const byIndex = ({ params }: HttpRequest) => findChunk(params.recordingId ?? "", params.index ?? "");
const byDocument = ({ params }: HttpRequest) => findDocument(params.documentId ?? "");

/** `…/recordings/{recordingId}/chunks/{index}/content` */
export const chunkContent = content(byIndex);
/** `…/recordings/{recordingId}/chunks/{index}/metadata` */
export const chunkMetadata = metadata(byIndex);
/** `…/recording/download/{documentId}` */
export const documentContent = content(byDocument);
/** `…/recording/download/{documentId}/metadata` */
export const documentMetadata = metadata(byDocument);

type Find = (request: HttpRequest) => Promise<Held<ChunkRow>>;

function content(find: Find) {
  return httpHandler(async (request, context) => {
    const body = pacedBody(context);
    const held = await find(request);
    requireSaved(held.row);
    const { blob = "", contentType = "application/octet-stream", length } = held.row;
    const file = { blob, contentType, length: length === undefined ? undefined : Number(length) };
    return serveBlob(request, file, body, () => checkSaved(held));
  });
}

function metadata(find: Find) {
  return httpHandler(async (request, context) => {
    const body = pacedBody(context);
    const { row } = await find(request);
    const blob = requireMetadata(row);
    return serveBlob(request, { blob, contentType: "application/json" }, body, () => raiseMetadataGone(row, blob));
  });
}
