import { createCommunicationAuthPolicy, parseClientArguments } from "@azure/communication-common";
import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

/** A request as the SDKs sign it, for what no SDK client offers. */
export function signedRequest(
  connectionString: string,
  method: HttpMethods,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<PipelineResponse> {
  const { url, credential } = parseClientArguments(connectionString);
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(createCommunicationAuthPolicy(credential));
  const request = createPipelineRequest({
    url: new URL(path, url).href,
    method,
    headers: createHttpHeaders(headers),
    allowInsecureConnection: true,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return pipeline.sendRequest(createDefaultHttpClient(), request);
}
