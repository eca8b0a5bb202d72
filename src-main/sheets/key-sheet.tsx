/** The key copy on paper (A4): the protected text in numbered lines with check numbers, and how to use it. */
import { lineCheck } from "#domain/line-check.ts";
import { renderDocument } from "./document.tsx";
import { formCss, portrait } from "./form.tsx";

export type KeySheet = {
  office: string;
  person: string;
  /** ISO. */
  date: string;
  fingerprint: string;
  /** Day the keys were made, ISO; null when it is not known. */
  madeOn: string | null;
  /** Armored age text. */
  text: string;
};

/** One sheet, seldom two, as a complete HTML document. */
export function renderKeySheet({ office, person, date, fingerprint, madeOn, text }: KeySheet): {
  title: string;
  html: string;
} {
  const title = `密钥备份 ${office} ${date}`;
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("-----"));
  const html = renderDocument({
    title,
    page: portrait,
    css: formCss + css,
    continuation: { left: `密钥备份　${office}`, right: date },
    children: (
      <>
        <h1>密钥备份</h1>
        <div className="above">
          <span>单位：{office}</span>
          <span>制作人：{person}</span>
          <span>制作日期：{date}</span>
        </div>
        <p className="facts">
          指纹：<b>{fingerprint}</b>
          {madeOn && <>　密钥启用：{madeOn}</>}
        </p>
        <table className="lines">
          <thead>
            <tr>
              <th className="number">行</th>
              <th>密文（区分大小写；每 8 个字符留的空隙不用录入）</th>
              <th className="check">校验</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={line}>
                <td className="number">{index + 1}</td>
                <td className="cipher">
                  {(line.match(/.{1,8}/g) ?? []).map((part) => (
                    <span key={part}>{part}</span>
                  ))}
                </td>
                <td className="check">{lineCheck(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <ol className="how">
          <li>本页不含口令。请与口令分开保管，锁入保险柜或密码柜；不要拍照，不要交给别人。</li>
          <li>
            恢复：打开连心桥，到“单位与设定—密钥”点“恢复密钥备份”，按行录入密文，再输入口令。每录完一行，屏幕上的校验数字应与本页相同。
          </li>
          <li>更换密钥以后本页作废，请重新备份并销毁本页。</li>
          <li>
            技术人员：在密文前后各加一行 <code>-----BEGIN AGE ENCRYPTED FILE-----</code> 和{" "}
            <code>-----END AGE ENCRYPTED FILE-----</code>，用通用的 age 工具（<code>age -d</code>）和口令也能解开。
          </li>
        </ol>
      </>
    ),
  });
  return { title, html };
}

const css = `
.facts { margin: 2mm 0 3mm; font-size: 10.5pt; }
.facts b { font-family: "Cascadia Mono","Consolas","DejaVu Sans Mono","Noto Sans Mono",monospace; }
.lines { font-size: 10pt; }
.lines th, .lines td { padding: 0.5mm 1.5mm; text-align: center; }
.lines th { background: #f6f7f8; }
.lines .number { width: 9mm; color: #444; }
.lines .check { width: 15mm; font-variant-numeric: tabular-nums; }
.lines .cipher {
  font: 9.5pt/1.6 "Cascadia Mono","Consolas","DejaVu Sans Mono","Noto Sans Mono","Courier New",monospace;
  font-variant-ligatures: none; white-space: nowrap; text-align: left; overflow-wrap: normal;
}
.lines .cipher span + span { margin-left: 1.3mm; }
.how code { white-space: nowrap; font-size: 9pt; }
.how { margin: 5mm 0 0; padding-left: 6mm; font-size: 10pt; line-height: 1.6; }
`;
