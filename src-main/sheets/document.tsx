/** The HTML shell of every printed sheet: one self-contained document without scripts or outside resources. */
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** Page of a sheet, millimetres. */
export type PageFormat = {
  /** CSS page size, e.g. "A4 landscape". */
  size: string;
  width: number;
  height: number;
  margin: { top: number; right: number; bottom: number; left: number };
};

/** Who made the sheet and on what state of the data; printed on every sheet. */
export type SheetOrigin = {
  /** 制表单位. */
  office: string;
  /** 制表人. */
  person: string;
  /** 制表日期, ISO. */
  date: string;
  /** State line, e.g. "数据截至 2026-11-20 中山区第12号同步包". */
  dataState: string;
};

type SheetDocument = {
  title: string;
  page: PageFormat;
  css: string;
  /** Small texts above every page but the first, so that a loose page still says what it belongs to. */
  continuation: { left: string; right: string };
  children: ReactNode;
};

/** Renders a sheet as a complete HTML document. All text is escaped by React or by cssString. */
export function renderDocument({ title, page, css, continuation, children }: SheetDocument): string {
  const markup = renderToStaticMarkup(
    <html lang="zh-CN">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width" />
        <title>{title}</title>
        <style>{pageCss(page, continuation) + baseCss + css}</style>
      </head>
      <body>
        <main className="sheet">{children}</main>
      </body>
    </html>,
  );
  return `<!doctype html>\n${markup}`;
}

/** 制表单位、制表人、制表日期 under a sheet. */
export function Prepared({ origin }: { origin: SheetOrigin }) {
  return (
    <div className="prepared">
      <span>制表单位：{origin.office}</span>
      <span>制表人：{origin.person}</span>
      <span>制表日期：{origin.date}</span>
    </div>
  );
}

/** In the foot of a sheet: how many fields of what it shows were written differently by two offices and not settled. */
export function OpenConflicts({ count }: { count: number }) {
  return count > 0 && <strong>未处理冲突 {count} 处，所涉内容可能变动。</strong>;
}

/** A text as a CSS string: all but letters, digits and Han characters escaped, so it can end neither string nor style. */
function cssString(text: string): string {
  const escaped = text.replaceAll(/[^\p{L}\p{N}]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `);
  return `"${escaped}"`;
}

const serif =
  '"方正小标宋简体","FZXiaoBiaoSong-B05S","华文中宋","STZhongsong","Source Han Serif SC","思源宋体 CN","Noto Serif CJK SC","Noto Serif SC","Songti SC","SimSun","宋体","NSimSun",serif';
const sans =
  '"Microsoft YaHei","微软雅黑","Source Han Sans SC","思源黑体 CN","Noto Sans CJK SC","Noto Sans SC","PingFang SC","WenQuanYi Micro Hei","SimHei","黑体",sans-serif';

function pageCss({ size, width, height, margin }: PageFormat, continuation: { left: string; right: string }): string {
  const marginBox = `font: 8pt ${sans}; color: #444;`;
  return `
@page {
  size: ${size};
  margin: ${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;
  @top-left { ${marginBox} vertical-align: bottom; padding-bottom: 1.5mm; content: ${cssString(continuation.left)}; }
  @top-right { ${marginBox} vertical-align: bottom; padding-bottom: 1.5mm; content: ${cssString(continuation.right)}; }
  @bottom-center { ${marginBox} content: "第 " counter(page) " 页　共 " counter(pages) " 页"; }
}
@page :first { @top-left { content: none; } @top-right { content: none; } }
@media screen {
  body { background: #e9eaec; }
  .sheet {
    width: ${width}mm; min-height: ${height}mm; margin: 8mm auto;
    padding: ${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;
    background: #fff; box-shadow: 0 1px 6px rgb(0 0 0 / 20%);
    /* Fit a narrow window; browsers that cannot divide lengths show the full size and scroll. */
    zoom: min(1, (100vw - 24px) / (${width}mm + 4mm));
  }
}
`;
}

const baseCss = `
:root { color-scheme: light; }
*, *::before, *::after { box-sizing: border-box; }
html { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { margin: 0; color: #111; font-family: ${sans}; line-height: 1.35; }
h1 { margin: 0; font-family: ${serif}; font-weight: 700; text-align: center; letter-spacing: 0.12em; line-height: 1.3; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: 0.2mm solid #444; overflow-wrap: anywhere; }
th { font-weight: 600; text-wrap: balance; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.multiline { white-space: pre-line; }
.prepared { display: flex; justify-content: space-between; break-inside: avoid; }
`;
