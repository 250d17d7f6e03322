// No function of its own: what comes before and after each of them.
import { app } from "@azure/functions";
import { afterInvocation } from "../telemetry/afterInvocation.ts";
import { beforeInvocation } from "../telemetry/beforeInvocation.ts";
import { flushTelemetry } from "../telemetry/openTelemetry.ts";

app.hook.preInvocation(beforeInvocation);
app.hook.postInvocation(afterInvocation);
app.hook.appTerminate(flushTelemetry);
