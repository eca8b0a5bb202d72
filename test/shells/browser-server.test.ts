/** The loopback server lets in one browser and nobody else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import { os, type RouterClient } from "@orpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createDoorkeeper } from "#shells/browser/doorkeeper.ts";
import { builtPages, type RunningServer, startServer } from "#shells/browser/server.ts";

/** Whether `waitForEver` was called, and what is called when its caller has given up. */
let isAsked = false;
let onGivenUp: () => void;
const router = {
  waitForEver: os.handler(({ signal }) => {
    isAsked = true;
    return new Promise<string>(() => signal?.addEventListener("abort", () => onGivenUp()));
  }),
  greet: os.handler(() => "你好"),
  size: os.input(z.object({ file: z.instanceof(File) })).handler(({ input }) => input.file.size),
};

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

describe("the loopback server", () => {
  let root: string;
  let folder: string;
  let server: RunningServer;
  let cookie: string;

  /** Sends a raw request, so that headers a browser forbids (Host, Origin, Cookie) can be forged. */
  function send(
    path: string,
    method = "GET",
    headers: Record<string, string | number> = {},
    body = "",
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(server.origin, { path, method, headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        response.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
  const call = (headers: Record<string, string | number>, path = "/rpc/greet", method = "POST") =>
    send(path, method, { "content-length": 2, "content-type": "application/json", ...headers }, "{}");

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "lianxinqiao-pages-"));
    folder = join(root, "renderer");
    mkdirSync(folder);
    writeFileSync(join(root, "secret.txt"), "secret");
    writeFileSync(join(folder, "index.html"), "<title>连心桥</title>");
    writeFileSync(join(folder, "app.js"), "1");
    writeFileSync(join(folder, "key.pem"), "secret");
    server = await startServer({ router, pages: builtPages(folder), doorkeeper: createDoorkeeper(), port: 0 });
    const { headers } = await send(server.openUrl.slice(server.origin.length));
    cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  it("exchanges the one-time address for a cookie that scripts and other sites cannot use", async () => {
    const other = await startServer({ router, pages: builtPages(folder), doorkeeper: createDoorkeeper(), port: 0 });
    const response = await fetch(other.openUrl, { redirect: "manual" });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/");
    expect(response.headers.get("set-cookie")).toMatch(
      /^lianxinqiao-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    await other.close();
  });

  it("refuses the address a second time, with a page that says what to do", async () => {
    const answer = await send(server.openUrl.slice(server.origin.length));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain("启动地址只能使用一次");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("takes the window that was let in back to the program when it opens the address again", async () => {
    const answer = await send(server.openUrl.slice(server.origin.length), "GET", { cookie });
    expect(answer.status).toBe(303);
  });

  it("refuses a wrong token", async () => {
    expect((await send(`/open?token=${"x".repeat(43)}`)).status).toBe(401);
    expect((await send("/open")).status).toBe(401);
  });

  it("shows no page without the cookie", async () => {
    expect((await send("/")).status).toBe(401);
    expect((await send("/app.js", "GET", { cookie: "lianxinqiao=guess" })).status).toBe(401);
  });

  it("serves the page with a content security policy that allows no inline script and no eval", async () => {
    const answer = await send("/", "GET", { cookie });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("连心桥");
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe-eval");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
  });

  it("answers the page's screens with the page and unknown files with 404", async () => {
    expect((await send("/projects/abc", "GET", { cookie })).body).toContain("连心桥");
    expect((await send("/missing.js", "GET", { cookie })).status).toBe(404);
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%00.js",
    "/%zz.js",
  ])("reads nothing outside the page's folder: %s", async (path) => {
    expect((await send(path, "GET", { cookie })).status).toBe(404);
  });

  it.each(["//", "//evil.example/", "/\\\\evil.example:x", "http://evil.example/"])(
    "answers an address that is no path here with a refusal, not with a breakdown: %s",
    async (path) => {
      const answer = await send(path, "GET", { cookie });
      expect([400, 404]).toContain(answer.status);
      expect(answer.body).not.toContain("内部出错");
    },
  );

  it("serves only kinds of files a page is made of", async () => {
    expect((await send("/key.pem", "GET", { cookie })).status).toBe(404);
  });

  it("refuses any other host name, so that no site can point its name here", async () => {
    const port = new URL(server.origin).port;
    for (const host of ["evil.example", `localhost:${port}`, "127.0.0.1", `127.0.0.1:${Number(port) + 1}`]) {
      const answer = await send("/", "GET", { host, cookie });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("拒绝访问");
    }
  });

  it("answers calls from its own page", async () => {
    const answer = await call({ origin: server.origin, cookie });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ json: "你好" });
  });

  it("refuses calls from another origin or from none, although the cookie is right", async () => {
    for (const origin of [
      "http://evil.example",
      "null",
      server.origin.replace("127.0.0.1", "localhost"),
      `${server.origin}1`,
    ]) {
      const answer = await call({ origin, cookie });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("拒绝访问");
    }
    expect((await call({ cookie })).status).toBe(403);
  });

  it("refuses calls without the cookie, and calls by GET", async () => {
    expect((await call({ origin: server.origin })).status).toBe(401);
    expect((await call({ origin: server.origin, cookie: `${cookie}x` })).status).toBe(401);
    expect((await call({ origin: server.origin, cookie }, "/rpc/greet", "GET")).status).toBe(405);
  });

  it("refuses a form over 1 MiB and a file over 512 MiB before reading them", async () => {
    const form = await call({ origin: server.origin, cookie, "content-length": 1024 * 1024 + 1 });
    expect(form.status).toBe(413);
    const multipart = { "content-type": "multipart/form-data; boundary=x", "content-length": 512 * 1024 * 1024 + 1 };
    const file = await call({ origin: server.origin, cookie, ...multipart });
    expect(file.status).toBe(413);
    expect(file.body).toContain("512MB");
  });

  it("refuses a call that does not say its length", async () => {
    const answer = await send(
      "/rpc/greet",
      "POST",
      { origin: server.origin, cookie, "transfer-encoding": "chunked" },
      "{}",
    );
    expect(answer.status).toBe(411);
  });

  it("carries files larger than a form may be, and gives refusals as errors the page can show", async () => {
    const link = (headers: Record<string, string>) => new RPCLink({ url: `${server.origin}/rpc`, headers });
    const client: RouterClient<typeof router> = createORPCClient(link({ origin: server.origin, cookie }));
    expect(await client.size({ file: new File([new Uint8Array(3 * 1024 * 1024)], "台账.xlsx") })).toBe(3 * 1024 * 1024);
    const stranger: RouterClient<typeof router> = createORPCClient(link({ cookie }));
    await expect(stranger.greet()).rejects.toThrow("请求不是从连心桥窗口发出的");
  });

  it("tells what works on a call that its caller has given up", async () => {
    const link = new RPCLink({ url: `${server.origin}/rpc`, headers: { origin: server.origin, cookie } });
    const client: RouterClient<typeof router> = createORPCClient(link);
    const isTold = new Promise<void>((resolve) => {
      onGivenUp = resolve;
    });
    const giveUp = new AbortController();
    const asked = client.waitForEver(undefined, { signal: giveUp.signal }).catch((error: unknown) => error);
    await expect.poll(() => isAsked).toBe(true);
    giveUp.abort();
    await isTold;
    expect(await asked).toMatchObject({ name: "AbortError" });
  });
});
