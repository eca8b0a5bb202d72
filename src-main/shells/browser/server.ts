/** The browser shell's HTTP server: the built page and the core's router, for one browser on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AnyRouter } from "@orpc/server";
import { RPCHandler } from "@orpc/server/node";
import { RPC_PATH } from "#contract/shell-bridge.ts";
import { readPageFile } from "#shells/page/files.ts";
import { SECURITY_HEADERS } from "#shells/page/policy.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { NOT_FOUND, NOT_LET_IN } from "./notice-page.ts";

const HOST = "127.0.0.1";
const OPEN_PATH = "/open";
/** Calls that carry a file (multipart) may be as big as the largest bundle; others are forms. Bytes. */
const FILE_CALL_LIMIT = 512 * 1024 * 1024;
const CALL_LIMIT = 1024 * 1024;

/** Answers a request for a page or one of its files. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export type ServerOptions = {
  /** The core's router; it needs no context. */
  router: AnyRouter;
  pages: Pages;
  doorkeeper: Doorkeeper;
  /** 0 picks a free port. */
  port: number;
};
export type RunningServer = {
  /** "http://127.0.0.1:PORT" */
  origin: string;
  /** The address to open, with the one-time token. */
  openUrl: string;
  close(): Promise<void>;
};

/** Pages from the built folder, under the page policy. */
export function builtPages(folder: string): Pages {
  return async (request, response) => {
    const address = addressOf(request, "http://page");
    const file = address && (await readPageFile(folder, address.pathname));
    if (file === null) sendHtml(response, 404, NOT_FOUND);
    else response.writeHead(200, file.headers).end(request.method === "HEAD" ? undefined : file.body);
  };
}

/** Starts listening on 127.0.0.1. Rejects when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { doorkeeper, pages } = options;
  const handler = new RPCHandler(options.router);
  let port = 0;
  let origin = "";

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    // A page of another site whose name was pointed at 127.0.0.1 arrives with that site's name.
    if (request.headers.host !== `${HOST}:${port}`) return sendText(response, 403, "地址不正确，拒绝访问。");
    const url = addressOf(request, origin);
    if (url === null) return sendText(response, 400, "地址不正确，请从连心桥窗口打开。");
    if (url.pathname.startsWith(`${RPC_PATH}/`)) return call(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") return sendText(response, 405, "不支持的请求方式。");
    if (url.pathname === OPEN_PATH) return open(url, request, response);
    if (!doorkeeper.knows(request, port)) return sendHtml(response, 401, NOT_LET_IN);
    await pages(request, response);
  }

  function open(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const cookie = doorkeeper.exchange(url.searchParams.get("token"), port);
    // A window that was let in may come back to the address it was opened with.
    if (cookie === null && !doorkeeper.knows(request, port)) {
      sendHtml(response, 401, NOT_LET_IN);
      return;
    }
    if (cookie !== null) response.setHeader("Set-Cookie", cookie);
    response.writeHead(303, { Location: "/", "Cache-Control": "no-store" }).end();
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return refuse(response, 405, "METHOD_NOT_SUPPORTED", "不支持的请求方式。");
    if (request.headers.origin !== origin) {
      return refuse(response, 403, "FORBIDDEN", "请求不是从连心桥窗口发出的，拒绝访问。");
    }
    if (!doorkeeper.knows(request, port)) {
      return refuse(response, 401, "UNAUTHORIZED", "本窗口已失效，请重新启动连心桥，再用新给出的地址打开。");
    }
    const length = Number(request.headers["content-length"] ?? Number.NaN);
    if (!Number.isSafeInteger(length)) return refuse(response, 411, "BAD_REQUEST", "请求没有说明长度，拒绝处理。");
    const carriesFile = request.headers["content-type"]?.startsWith("multipart/form-data") === true;
    if (length > (carriesFile ? FILE_CALL_LIMIT : CALL_LIMIT)) {
      return refuse(
        response,
        413,
        "PAYLOAD_TOO_LARGE",
        carriesFile ? "文件超过512MB，没有接收。" : "内容过长，没有接收。",
      );
    }
    response.setHeader("Cache-Control", "no-store");
    const { matched } = await handler.handle(request, response, { prefix: RPC_PATH, context: {} });
    if (!matched) refuse(response, 404, "NOT_FOUND", "没有这个功能，请刷新页面后重试。");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "INTERNAL_SERVER_ERROR", "程序内部出错，操作没有完成，请重试。");
    });
  });
  // A bundle of 512 MiB from a slow stick may take long to arrive; the browser is on this machine.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, HOST, resolve);
  });
  port = (server.address() as AddressInfo).port;
  origin = `http://${HOST}:${port}`;
  return {
    origin,
    openUrl: `${origin}${OPEN_PATH}?token=${doorkeeper.token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What was asked for, below `origin`; null for what is no path: "//x" names another machine. */
function addressOf({ url = "/" }: IncomingMessage, origin: string): URL | null {
  return /^\/(?!\/)/.test(url) ? URL.parse(origin + url) : null;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, "text/plain; charset=utf-8", text);
}

function sendHtml(response: ServerResponse, status: number, html: string): void {
  send(response, status, "text/html; charset=utf-8", html);
}

/** Refuses a call in oRPC's error shape, so that the page shows the sentence like any other failure. */
function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  const error = { json: { defined: false, code, status, message } };
  send(response, status, "application/json; charset=utf-8", JSON.stringify(error));
}

/** Sends and hangs up: what was refused may still have a body on its way. */
function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", Connection: "close" }).end(body);
}
