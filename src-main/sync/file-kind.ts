/** A file given in the wrong place: what it really is, and where it belongs. */

const keyCopyHint = "这像是密钥备份，请在“单位与设定—密钥”里用“恢复密钥备份”。";
const kinds = [
  ["LXQB", "这是同步包，请到“同步”里导入。"],
  [
    "lianxinqiao-invitation",
    "这是邀请文件：下级单位第一次打开连心桥时，用“加入”导入。已在使用的单位到“单位与设定—密钥”里导入。",
  ],
  ["lianxinqiao-request", "这是加入申请：上级在“单位与设定”里用“接纳加入申请”导入。"],
  ["age-encryption.org", keyCopyHint],
  ["BEGIN AGE ENCRYPTED FILE", keyCopyHint],
  ["PK", "这像是表格或压缩文件；项目表格请在“项目台账”里用“导入表格”。"],
] as const;

/** The hint for a clerk, or `otherwise` for a file of an unknown kind. */
export function belongsWhere(bytes: Uint8Array, otherwise: string): string {
  const start = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  const [, hint] = kinds.find(([mark]) => (mark.length > 4 ? start.includes(mark) : start.startsWith(mark))) ?? [];
  return hint ?? otherwise;
}
