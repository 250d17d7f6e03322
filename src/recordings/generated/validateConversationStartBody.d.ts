import type { ValidateBody } from "../../http/validBody.ts";
import type { ConversationStartBody } from "../control/startBody.ts";

export declare const validateConversationStartBody: ValidateBody<ConversationStartBody>;
