import { app } from "@azure/functions";
import { listRecordings } from "../recordings/serving/listRecordings.ts";

app.http("recordings", { methods: ["GET"], authLevel: "function", route: "recordings", handler: listRecordings });
