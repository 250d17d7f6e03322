import { app } from "@azure/functions";
import { postSms } from "../sms/byHand/postSms.ts";

app.http("sendSms", { methods: ["POST"], authLevel: "function", route: "sms", handler: postSms });
