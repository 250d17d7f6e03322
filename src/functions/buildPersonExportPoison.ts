import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { giveUpExport } from "../people/exports/giveUpExport.ts";

app.storageQueue("buildPersonExportPoison", { ...onQueue("person-exports-poison"), handler: giveUpExport });
