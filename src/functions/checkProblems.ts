import { app } from "@azure/functions";
import { loadIncomingCalls } from "../calls/incoming/loadIncomingCalls.ts";
import { loadPeople } from "../people/knowing/loadPeople.ts";
import { checkProblems } from "../problems/checking/checkProblems.ts";
import { loadAutoReplies } from "../sms/loadAutoReplies.ts";

const handler = checkProblems([loadAutoReplies, loadIncomingCalls, loadPeople]);
app.timer("checkProblems", { schedule: "30 */10 * * * *", handler });
