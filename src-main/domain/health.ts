/** 体检: what is looked at, in this order. */
export const healthParts = {
  file: "数据库文件",
  log: "改动日志",
  tables: "各表与日志对照",
  exchange: "往来与暂存",
  attachments: "附件",
  keys: "密钥",
  space: "磁盘空间",
} as const;

export type HealthPart = keyof typeof healthParts;

/** One sentence of a check-up: what is fine, worth knowing, or wrong and then what to do. */
export type Finding = { part: HealthPart; state: "ok" | "note" | "bad"; text: string };

/** How a clerk reads a state. */
export const findingStates = { ok: "正常", note: "注意", bad: "问题" } as const;
