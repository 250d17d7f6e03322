import { app } from "@azure/functions";
import { onQueue } from "../intake/jobs.ts";
import { raisePoisoned } from "../intake/raisePoisoned.ts";

app.storageQueue("runErasurePoison", { ...onQueue("person-erasures-poison"), handler: raisePoisoned("runErasure") });
