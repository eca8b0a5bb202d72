import { ORPCError } from "@orpc/client";

const disconnected = "与本机的连心桥程序失去连接。已保存的内容不会丢失；请关闭本窗口，重新打开连心桥后继续。";

/** The sentence a clerk reads for any error of a call: what happened and what to do next. */
export function errorText(error: unknown): string {
  if (error instanceof ORPCError) {
    if (error.code === "FAILURE") return error.message;
    if (error.status === 400) return `填写的内容不符合要求：${firstIssue(error.data) ?? "请检查后重试"}。`;
    if (error.status === 401 || error.status === 403) return "本窗口的登录凭证已失效，请重新打开连心桥。";
    if (error.status === 413) return "文件太大，程序没有接收。请拆分后重试。";
    return "程序内部出错，操作没有完成。请重试；仍不行请把日志交给技术人员。";
  }
  const isLost = error instanceof Error && (error.name === "AbortError" || /fetch|port|peer/i.test(error.message));
  return isLost ? disconnected : "页面显示出错，数据没有变化。请重试；仍不行请重新打开连心桥。";
}

/** Whether the clerk gave up the act, which is no error. */
export function isCancelled(error: unknown): boolean {
  return failureCode(error)?.endsWith("_cancelled") === true;
}

/** Whether more was asked for than goes on one sheet. */
export function isTooLong(error: unknown): boolean {
  return failureCode(error)?.endsWith("too_long") === true;
}

/** True for a refusal with its sentence, as for a list too long to print: the same question gets the same answer. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ORPCError && error.code === "FAILURE";
}

function failureCode(error: unknown): string | undefined {
  return error instanceof ORPCError ? (error.data as { code?: string } | undefined)?.code : undefined;
}

function firstIssue(data: unknown): string | undefined {
  const issues: unknown = data && typeof data === "object" && "issues" in data ? data.issues : undefined;
  const first: unknown = Array.isArray(issues) ? issues[0] : undefined;
  return first && typeof first === "object" && "message" in first ? String(first.message) : undefined;
}
