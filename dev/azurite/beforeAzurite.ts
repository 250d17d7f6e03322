// Runs in Azurite's process before Azurite does.
import Module, { createRequire } from "node:module";

// Azurite does not notice the end of its parent. Losing the channel to it is the one way it ends, wanted or not;
// the timer cuts off connections that clients keep open.
process.once("disconnect", () => {
  setTimeout(() => process.exit(), 2000).unref();
  process.kill(process.pid, "SIGTERM");
});

const fromAzurite = createRequire(import.meta.resolve("azurite/dist/src/azurite.js"));

// Telemetry is off, and yet Azurite loads all of OpenTelemetry for it: 0.6 s of the 1.5 s that it takes to start.
spare("applicationinsights", {});
// It loads the client of SQL databases too, which are used only with AZURITE_DB: a fifth of the rest.
spare("sequelize", { Model: class {} });

/** Makes Azurite load nothing for this package. */
function spare(name: string, exports: object): void {
  const file = fromAzurite.resolve(name);
  const nothing = new Module(file);
  nothing.exports = exports;
  nothing.loaded = true;
  fromAzurite.cache[file] = nothing;
}

interface Loki {
  prototype: { autosaveInterval: number; autosaveEnable(...options: unknown[]): void };
  Collection: { prototype: Collection };
}
interface Collection {
  find(query: object): object[];
  remove(found: object): void;
  findAndRemove(query: object): void;
}

/** How often the databases behind blobs, queues and tables are written to disk, in milliseconds. They are written at the end, too. */
const autosaveInterval = 60_000;

/** So many are removed faster one by one. */
const few = 10;

// Azurite writes each database whole every 5 s; with 5,000 events in it that alone keeps a processor busy.
const loki = fromAzurite("lokijs") as Loki;
const { autosaveEnable } = loki.prototype;
loki.prototype.autosaveEnable = function (...options) {
  this.autosaveInterval = autosaveInterval;
  autosaveEnable.apply(this, options);
};

// What is found to be removed is removed in a batch, after which all indexes are built anew, also for one: with 20,000 blobs each deletion
// took 185 ms, and the deletion of their content, every ten minutes, as long again. Removing one by one keeps the indexes. And a blob is
// looked for by its account first, which is that of all.
const collection = loki.Collection.prototype;
const { findAndRemove } = collection;
collection.findAndRemove = function (query) {
  const found = this.find({ ...("name" in query && { name: query.name }), ...query });
  if (found.length > few) findAndRemove.call(this, query);
  else for (const one of found) this.remove(one);
};

interface QueueStore {
  default: { prototype: { clearExpiredMessages(): Promise<void> } };
}

// At each call on a queue Azurite looks through the whole of it for messages older than seven days, and builds all indexes anew
// even when there are none: 4.6 ms for a delete with 2,000 messages on the queue, 1.2 ms without.
const queueStore = fromAzurite("./queue/persistence/LokiQueueMetadataStore.js") as QueueStore;
queueStore.default.prototype.clearExpiredMessages = async () => {};

interface TableStore {
  default: { prototype: { queryTableEntities: QueryEntities; getEntityCollection: GetCollection } };
}
type Find = { find(query: object): unknown };
type GetCollection = (...which: unknown[]) => { chain(): Find };
type QueryEntities = (
  this: object,
  context: unknown,
  account: string,
  table: string,
  options: { filter?: string },
) => unknown;

// A query for one partition it asks of each row of the table. They have an index by partition: with 100,000 rows 3 ms in place of 14.
const tableStore = (fromAzurite("./table/persistence/LokiTableMetadataStore.js") as TableStore).default.prototype;
const { queryTableEntities, getEntityCollection } = tableStore;
tableStore.queryTableEntities = function (...asked) {
  const PartitionKey = partitionOf(asked[3].filter ?? "");
  if (PartitionKey === undefined) return queryTableEntities.apply(this, asked);
  const ofPartition: GetCollection = (...which) => {
    const rows = getEntityCollection.apply(this, which);
    return { chain: () => rows.chain().find({ PartitionKey }) as Find };
  };
  return queryTableEntities.apply(Object.create(this, { getEntityCollection: { value: ofPartition } }), asked);
};

/** The partition that a filter keeps to: its first condition, unless an `or` stands beside it. */
function partitionOf(filter: string): string | undefined {
  const rest = filter.replace(/'(?:[^']|'')*'/g, "").replace(/\([^()]*\)/g, "");
  if (/\bor\b/i.test(rest)) return undefined;
  return /^PartitionKey eq '((?:[^']|'')*)'(?: and |$)/.exec(filter)?.[1]?.replaceAll("''", "'");
}

type Compile = (template: string) => unknown;

// For each request Azurite compiles the URL templates of the operations anew. 5,000 events: 24 s of its time with that, 17 s without.
const templatesFile = fromAzurite.resolve("uri-templates");
const compile = fromAzurite(templatesFile) as Compile;
const compiled = new Map<string, unknown>();
const templates = fromAzurite.cache[templatesFile];
if (templates) {
  templates.exports = ((template) => {
    if (!compiled.has(template)) compiled.set(template, compile(template));
    return compiled.get(template);
  }) satisfies Compile;
}
