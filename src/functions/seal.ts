import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.timer("seal", { schedule: "0 25 * * * *", handler: atFirstCall((all) => all.seal) });
