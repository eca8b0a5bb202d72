/** What the palette offers besides what the core finds: the acts that are not bound to a page. */
import type { NavigateOptions } from "@tanstack/react-router";

/** One line of the palette. */
export type PaletteItem = { id: string; label: string; hint?: string; run: () => void };
export type PaletteGroup = { title: string; items: PaletteItem[] };

/** An act that starts on a page of its own; `words` are found as well as the label. */
export const paletteActs: readonly { label: string; words?: string; target: NavigateOptions }[] = [
  { label: "新建项目", words: "添加 登记", target: { to: "/projects", search: { create: true } } },
  { label: "看图表", words: "灯号 序时 时长", target: { to: "/", search: { part: "charts" } } },
  { label: "导入表格", words: "Excel 台账", target: { to: "/import" } },
  { label: "打印项目进度表", words: "挂图", target: { to: "/print", search: { sheet: "progress" } } },
  { label: "打印项目卡", words: "建档立卡", target: { to: "/print", search: { sheet: "card" } } },
  { label: "看待审核的节点", words: "审核 通过 退回", target: { to: "/nodes", search: { tab: "submitted" } } },
  { label: "看待答复的问题", words: "上报 答复", target: { to: "/issues", search: { view: "awaiting" } } },
  { label: "看超期的问题", words: "限时 逾期", target: { to: "/issues", search: { view: "overdue" } } },
  { label: "本月跟进问题", words: "逐月跟进 待跟进", target: { to: "/issues", search: { view: "silent" } } },
  { label: "打印问题清单", words: "督办清单 难点纾解清单", target: { to: "/print", search: { sheet: "issues" } } },
  { label: "看逾期的手续", words: "要件 四证 容缺", target: { to: "/permits", search: { condition: "overdue" } } },
  { label: "打印要件办理表", words: "手续", target: { to: "/print", search: { sheet: "permits" } } },
  { label: "手续和工期模板", words: "倒排工期 设定", target: { to: "/offices", search: { tab: "templates" } } },
  { label: "看未走访的项目", words: "到期", target: { to: "/visits", search: { tab: "missing" } } },
  { label: "看应配未配秘书的项目", words: "缺秘书", target: { to: "/people", search: { tab: "lacking" } } },
  { label: "导入或导出同步包", words: "U盘 收发", target: { to: "/sync" } },
  { label: "处理冲突", words: "不一致", target: { to: "/conflicts" } },
  { label: "备份与检查", words: "备份数据库", target: { to: "/offices", search: { tab: "care" } } },
];
