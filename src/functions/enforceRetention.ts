import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.timer("enforceRetention", { schedule: "0 50 * * * *", handler: atFirstCall((all) => all.enforceRetention) });
