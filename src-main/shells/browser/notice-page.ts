/** Plain pages for a person whose browser may not, or can not, show the program. */

/** A complete small HTML document; both texts are our own constants, never input. */
export function noticePage(title: string, text: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · 连心桥</title>
<style>
  body { font: 16px/1.8 "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 36em; margin: 15vh auto; padding: 0 1.5em; color-scheme: light dark }
  h1 { font-size: 1.4em }
</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}

export const NOT_LET_IN = noticePage(
  "请用启动时给出的地址打开",
  "这个窗口没有通过验证。启动地址只能使用一次，换浏览器、清除Cookie或重新启动程序后都会失效。请关闭正在运行的连心桥，重新启动，再用新给出的地址打开；数据不受影响。",
);
export const NOT_FOUND = noticePage("没有这个页面", "请返回连心桥首页。");
