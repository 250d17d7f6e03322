// `node bench/fillProcess.ts EVENTS`: fills the account of AzureWebJobsStorage, in a process of its own.
import { fillArchive } from "./fillArchive.ts";

await fillArchive({ events: Number(process.argv[2]), days: 10, end: new Date(Date.now() - 3 * 86_400_000) });
