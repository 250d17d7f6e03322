import { app } from "@azure/functions";
import { expireExports } from "../people/exports/expireExports.ts";

app.timer("expirePersonExports", { schedule: "0 25 * * * *", handler: expireExports });
