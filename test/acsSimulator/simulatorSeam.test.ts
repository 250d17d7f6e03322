import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";
import { simulatorHttpClient } from "../../src/acs/simulatorSeam.ts";
import { startSink } from "./startSink.ts";

describe("simulatorHttpClient", () => {
  it.each([
    "https://127.0.0.1:8080",
    "http://contoso.communication.azure.com",
    "http://127.0.0.1.contoso.example",
    "http://localhost.contoso.example",
    "http://user:secret@127.0.0.1:8080",
    "http://127.0.0.1:8080/path",
    "http://192.168.0.1:8080",
    "http://[::ffff:192.168.0.1]",
    "127.0.0.1:8080",
    "",
  ])("refuses the address '%s'", async (address) => {
    await expect(simulatorHttpClient(address)).rejects.toMatchObject({ code: "ACS_EVENTS_SIMULATOR_NOT_LOOPBACK" });
  });

  it.each(["http://127.0.0.1:8080", "http://127.8.9.10:1/", "http://[::1]:8080", "http://localhost:8080"])(
    "accepts the address %s",
    async (address) => {
      await expect(simulatorHttpClient(address)).resolves.toBeDefined();
    },
  );

  it.each([
    "https://contoso.example/",
    "https://asm.skype.com.contoso.example/",
    "https://evilasm.skype.com/",
    "https://storage.asm.skype.com:8443/",
    "https://user:secret@storage.asm.skype.com/",
    "http://storage.asm.skype.com/",
    "http://127.0.0.1:2/",
    "https://127.0.0.1:1/",
  ])("lets nothing out to %s", async (url) => {
    const client = await simulatorHttpClient("http://127.0.0.1:1");
    const sent = client.sendRequest(createPipelineRequest({ url }));
    await expect(sent).rejects.toMatchObject({ code: "ACS_EVENTS_SIMULATOR_REFUSED" });
  });

  it.each([
    "contoso.communication.azure.com",
    "us-storage.asm.skype.com",
    "eu.asyncgw.teams.microsoft.com",
    "x.ams.gov.teams.microsoft.us",
  ])("leads %s to the simulator under its own name and restores the request", async (host) => {
    const sink = await startSink();
    try {
      const client = await simulatorHttpClient(sink.url);
      const url = `https://${host}/v1/objects/a?b=c`;
      const request = createPipelineRequest({ url, method: "POST", body: "[]", headers: createHttpHeaders() });
      expect((await client.sendRequest(request)).status).toBe(200);
      expect(sink.posts).toMatchObject([{ path: "/v1/objects/a?b=c", headers: { host } }]);
      expect(request).toMatchObject({ url, allowInsecureConnection: false });
    } finally {
      await sink.close();
    }
  });
});
