/** 速查卡: what an office of one level does by day, week and month with the program, on one A4 page beside the desk. */
import { type OfficeLevel, officeLevels } from "#domain/values.ts";
import { Prepared, renderDocument, type SheetOrigin } from "./document.tsx";
import { portrait } from "./form.tsx";

type Part = { head: string; lines: readonly string[] };

const recordVisit = "记走访：任何页面按 v，输项目拼音首字母，写情况，Ctrl+Enter 保存。";
const find = "找项目、人员、页面、操作：按 Ctrl+K，输几个字或拼音首字母。";
const backup = "备份：“单位与设定—备份与检查”，另存到别的盘；密钥备份单独保管。";
const receive = "收包：“同步”页把 .lxq 文件拖进来，看清结果；有冲突的当天处理。";

const parts: Record<OfficeLevel, readonly Part[]> = {
  street: [
    {
      head: "每天",
      lines: [
        "看“工作台”：红灯、快到期的节点、被退回的节点、后续事项。",
        recordVisit,
        "小问题当天协调；按 i 提出问题，解决不了的当天上报，随包送上级。",
      ],
    },
    {
      head: "每周",
      lines: [
        "“走访—未走访”：最久没去的项目安排走访。",
        "节点完成的，在“节点”里填完成日期和情况，Ctrl+Enter 保存并上报。",
      ],
    },
    {
      head: "每月",
      lines: [
        "“月报”填各项目的形象进度和完成投资（可从 Excel 粘贴），F8 上报。",
        "“问题—待跟进”：每个没解决的写一句本月进展；解决后记业主回音再销号。",
        "“手续”看逾期和容缺到期；今天办的当天登记。",
        "发包：“同步—区市县—导出”，选U盘，看到“已写入并核对，可以拔出U盘”再拔。",
        receive,
        "打印项目进度表挂图；缺的项目卡要素补齐。",
      ],
    },
  ],
  district: [
    {
      head: "每天",
      lines: [
        "看“工作台”：待审核的节点和月报、红灯、冲突。",
        receive,
        "“问题—待我答复”：答复或上报，随包发回。",
        recordVisit,
      ],
    },
    {
      head: "每周",
      lines: [
        "“节点”“月报”里待审核的：一起通过；退回要写明原因。",
        "“人员与秘书—应配未配秘书的项目”：给达到条件的项目配服务秘书。",
        "把审核结果发回街道：“同步—街道—导出”。",
      ],
    },
    {
      head: "每月",
      lines: [
        "各街道的包收齐（看“同步”里每家最近收到的日期），核对灯号和投资。",
        "“对账”：先看预览，再定下本月的账。",
        "打印月对账单、进度表和红黄绿灯情况表；给市里发包。",
        "逾期、未报和长期没走访的项目，提醒街道和责任单位。",
      ],
    },
  ],
  city: [
    {
      head: "每天",
      lines: ["看“工作台”：各地区灯号、待办、冲突。", receive, "“问题—待我答复”：答复、挂牌督办或报上一级。", find],
    },
    {
      head: "每周",
      lines: ["没按时报的地区，电话催报（看“同步”里最近收到的日期）。", "跨地区的问题协调后，把结果发回各地区。"],
    },
    {
      head: "每月",
      lines: [
        "收齐各地区的包，“对账”定下本月的账，看排名。",
        "打印全市进度表、红黄绿灯情况表、问题清单；按六个清单分别核对。",
        "季末“季交账”、年底“年底算总账”，由各月对账相加。",
        "给各地区发包，带去审核结果和设定。",
      ],
    },
    {
      head: "需要时",
      lines: [
        "新单位加入：“单位与设定—邀请”→收申请→电话核对指纹→接纳→发第一个包。",
        "灯规则、各种天数和数额：“单位与设定—全市设定”；手续和工期：“模板”。写明依据，随包下发。",
      ],
    },
  ],
};

const always: readonly Part[] = [
  {
    head: "记住",
    lines: [
      "刚保存错了：Ctrl+Z 撤销。",
      "不会用：按 F1 看这一页的帮助，按 ? 看快捷键。",
      backup,
      "不得处理国家秘密；U盘专用，包不要用微信、邮箱传。",
    ],
  },
];

const keys: readonly [string, string][] = [
  ["Ctrl+K", "查找一切"],
  ["v", "记录走访"],
  ["i", "提出问题"],
  ["n　/", "新建、搜索"],
  ["↑ ↓ Enter", "移动、打开"],
  ["空格", "勾选"],
  ["Ctrl+Enter", "保存"],
  ["Ctrl+Z", "撤销"],
  ["F1　?", "帮助、快捷键"],
];

export function renderQuickGuide(level: OfficeLevel, origin: SheetOrigin): string {
  const title = `连心桥速查卡（${officeLevels[level]}）`;
  return renderDocument({
    title,
    page: portrait,
    css: guideCss,
    continuation: { left: title, right: "" },
    children: (
      <>
        <h1>{title}</h1>
        <div className="keys">
          {keys.map(([pressed, label]) => (
            <span key={pressed}>
              <b>{pressed}</b>
              {label}
            </span>
          ))}
        </div>
        {[...parts[level], ...always].map(({ head, lines }) => (
          <section key={head}>
            <h2>{head}</h2>
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
        <p className="phone">遇到问题先打电话：上级　　　　　　　　　　技术人员　　　　　　　　　　</p>
        <Prepared origin={origin} />
      </>
    ),
  });
}

const guideCss = `
h1 { font-size: 22pt; margin-bottom: 5mm; }
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2mm 4mm; padding: 3mm; border: 0.3mm solid #444; font-size: 10.5pt; }
.keys b { display: inline-block; min-width: 23mm; margin-right: 2mm; padding: 0.3mm 1.5mm; border: 0.2mm solid #888; border-radius: 1mm; text-align: center; font-weight: 600; }
section { display: grid; grid-template-columns: 18mm 1fr; margin-top: 4.5mm; break-inside: avoid; }
h2 { margin: 0; font-size: 14pt; }
ul { margin: 0; padding-left: 5mm; font-size: 11.5pt; line-height: 1.6; }
li { margin-bottom: 1.2mm; }
.phone { margin: 7mm 0 4mm; padding-top: 3mm; border-top: 0.2mm solid #888; font-size: 11.5pt; white-space: pre; }
.prepared { font-size: 9pt; }
`;
