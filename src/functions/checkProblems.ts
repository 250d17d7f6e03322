import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";

app.timer("checkProblems", { schedule: "30 */10 * * * *", handler: atFirstCall((all) => all.checkAllProblems) });
