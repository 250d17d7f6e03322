import { container } from "../../storage/blobs.ts";
import { inTime, onDemand } from "../../storage/onDemand.ts";
import { propertiesOf } from "../../storage/propertiesOf.ts";
import { stageStream } from "../../storage/stageStream.ts";
import { fillPart } from "./fillPart.ts";
import { type Counts, type Cursor, type ExportRow, partName } from "./rows.ts";
import { zipWriter } from "./zipWriter.ts";

/** A part that is there. */
export interface Built {
  bytes: number;
  counts: Counts;
  /** Where the next part begins; undefined when this is the last. */
  next?: Cursor;
}

/** The part as it was committed; undefined when it was not. */
export async function builtPart(exportId: string, part: number): Promise<Built | undefined> {
  const there = await propertiesOf("exports", partName(exportId, part));
  if (!there) return undefined;
  const { metadata = {}, contentLength = 0 } = there;
  return { bytes: contentLength, ...(JSON.parse(metadata.built ?? "{}") as Omit<Built, "bytes">) };
}

/** Builds the part that an export's row asks for. Another job may do so at the same time: what is committed first counts for both. */
export async function buildPart(row: ExportRow): Promise<Built> {
  const exports = await container("exports");
  const target = exports.getBlockBlobClient(partName(row.exportId, row.part));
  await onDemand(
    () => exports.createIfNotExists(),
    () => exports.getProperties({ abortSignal: inTime() }),
  );
  const zip = await zipWriter();
  let built: Omit<Built, "bytes"> = { counts: {} };
  // Metadata of a blob is a header: counts and cursors are ASCII.
  const finish = () => ({ contentType: "application/zip", metadata: { built: JSON.stringify(built) } });
  const staged = stageStream(target, zip.output, finish);
  // A storage that refuses blocks ends the filling; filling that fails ends the staging.
  staged.catch((error) => zip.fail(error));
  try {
    built = await fillPart(zip, row);
    zip.end();
  } catch (error) {
    zip.fail(error);
    await staged.catch(() => {});
    throw error;
  }
  await staged;
  const there = await builtPart(row.exportId, row.part);
  if (!there) throw new Error("A part of an export was deleted while it was built.");
  return there;
}
