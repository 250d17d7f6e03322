import { app } from "@azure/functions";
import { collectDeadLetters } from "../problems/deadLetters/collectDeadLetters.ts";

app.timer("collectDeadLetters", { schedule: "0 */5 * * * *", handler: collectDeadLetters });
