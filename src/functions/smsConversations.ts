import { app } from "@azure/functions";
import { listConversations } from "../sms/reading/listConversations.ts";

app.http("smsConversations", { methods: ["GET"], authLevel: "function", route: "sms", handler: listConversations });
