import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.timer("collectDeadLetters", { schedule: "0 */5 * * * *", handler: atFirstCall((all) => all.collectDeadLetters) });
