import { app } from "@azure/functions";
import { enforceRetention } from "../retention/enforceRetention.ts";

app.timer("enforceRetention", { schedule: "0 50 * * * *", handler: enforceRetention });
