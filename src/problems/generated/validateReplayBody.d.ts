import type { ValidateBody } from "../../http/validBody.ts";
import type { ReplayBody } from "../replay/replayBody.ts";

export declare const validateReplayBody: ValidateBody<ReplayBody>;
