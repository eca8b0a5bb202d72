/**
 * Everything that can go wrong for a clerk, in one list: a code and a Chinese sentence that says what
 * happened and what to do next. `{name}` is filled from the failure's details.
 */
export const failures = {
  not_signed_in: "请先选择经办人。",
  office_not_set_up: "本机还没有建立单位数据库，请先加入、新建或打开演示数据。",
  no_office_in_folder: "文件夹“{folder}”里没有单位数据库。请用 --data 指明数据文件夹。",
  office_already_set_up:
    "本机已经建立了单位数据库，不能重复建立。请重新打开连心桥直接使用；要另建的，请换一个空的数据文件夹。",
  not_found: "找不到这条{what}，可能已被归档或移交。请刷新后重试。",
  invalid_value: "{where}“{field}”不正确：{reason}。",
  archived: "这条{what}已归档，请先恢复再修改。",
  frozen: "{what}已对账，不能再改。更正请记在以后的月份里，它会作为更正列出。",
  past_replaced: "已改看另一天的台账，{date} 的没有生成完。要看这一天的，请重新选择它。",
  past_without_project: "{date} 的台账里还没有这个项目。请点“回到今天”，或另选一天。",
  month_not_over: "{month} 还没有过完，{date} 起才能对账。",
  month_closed: "{month} 已于 {date} 对账，不能再对一次。以后的更正会列在后面的月份里。",
  check_cancelled: "检查已停止，数据没有变化。",
  closing_cancelled: "已取消，{month} 没有对账，数据没有变化。",
  not_permitted: "{office}不能修改{what}，应由{who}办理。",
  out_of_scope: "该项目不归本单位管理，不能修改。请由管理单位修改；应归本单位的，请上级改它的管理单位。",
  locked: "{what}“{name}”已{state}，不能修改。如需修改，请先{next}。",
  review_refused: "{what}“{name}”当前为“{state}”，不能{act}。请刷新后核对；下一步应{next}。",
  issue_refused: "问题“{title}”现为“{state}”（层级：{level}），本单位不能办理“{act}”。{hint}",
  issue_unanswered: "问题“{title}”还没有业主回音，不能销号。请先记录业主回音，做到件件有回音。",
  issue_closed: "问题“{title}”已销号，不能修改。需要继续办理的，请先“重新办理”。",
  issue_words_missing: "“{act}”要写明内容，请填写后再办理。",
  reason_required: "退回和重新打开都要写明原因，请填写后再办理。",
  completion_incomplete: "节点“{name}”还没有填写实际完成日期，请填写后再上报。",
  report_empty: "“{name}”{month} 的月报还没有填形象进度或实际完成投资，请填写后再上报。",
  report_too_early: "{month} 还没有到，只能填计划，不能填实际完成情况或上报。",
  plan_missing: "{year} 年还没有年度计划投资，无法平均分到各月。请先填写年度计划。",
  plan_exceeded: "已上报月份的计划合计已超过年度计划，无法平均分配。请先核对年度计划或退回月报。",
  entry_day_missing: "选择“已入库”时请填写入库日期。",
  future_date: "{field}不能晚于今天（{today}）。",
  person_at_keyboard: "“{name}”是当前经办人，不能停用。请先切换到其他经办人再停用。",
  last_person: "“{name}”是“{office}”唯一的在用人员，不能停用。请先添加其他人员。",
  person_archived: "“{name}”已停用，不能选用。请另选人员，或先在“人员”页恢复。",
  stale_edit: "这条{what}刚被改动过，请核对最新内容后再保存。",
  nothing_to_undo: "没有可撤销的操作，或之后又有人改动过同一内容。要改回去的，请直接修改。",
  database_busy: "这个数据库正由另一个连心桥窗口使用。请切换到已打开的窗口，或先关闭它再启动。",
  database_newer:
    "这个数据库由更新版本的连心桥建立（数据库版本 {found}，本程序 {known}）。请安装新版程序；数据没有改动。",
  database_damaged: "数据库文件已损坏或不是连心桥数据库：{path}。请从备份恢复，原文件没有改动。",
  log_damaged: "数据库文件或改动日志有损坏，不能按日志重建，数据没有改动。请停止录入，从最近的备份恢复。",
  import_cancelled: "已取消导入，数据没有变化。需要时再导入这个文件即可。",
  disk_full: "磁盘空间不足，操作没有完成，数据没有改动。请清理磁盘后重试。",
  disk_failing:
    "读写数据文件时磁盘出错，操作没有完成，数据没有改动。请检查数据所在的磁盘是否接好，再重试；再次出现时请停止录入，到“单位与设定—备份与检查”做一次备份，并请技术人员检查磁盘。",
  file_unreadable: "无法读取文件“{file}”：{reason}。请检查后重新选择。",
  file_empty: "文件“{file}”是空的。请重新从来源处复制。",
  file_too_big: "文件“{file}”有 {size}，超过上限 {limit}，没有导入。请核对是不是选错了文件。",
  file_wrong_kind: "文件“{file}”不是{expected}。{hint}",
  file_damaged: "文件“{file}”不完整或被改动过（{detail}），没有导入，数据没有变化。请重新复制；仍不行请对方重新导出。",
  folder_unusable: "文件夹“{folder}”不能写入：{reason}。请检查U盘是否插好、是否写保护。",
  folder_unreadable: "文件夹“{folder}”读不了：{reason}。请检查后再试。",
  report_unusable: "结果清单“{file}”写不了：{reason}。请关闭它，或用 --report 另指一个文件。",
  person_unclear: "请用 --person 写明以“{office}”哪一位经办人的名义办理。在用人员：{names}。",
  wrong_recipient: "这个文件是给“{to}”的，本单位是“{here}”，没有导入。请交给收件单位。",
  unknown_sender: "文件来自“{from}”，但本单位与它没有建立同步关系，没有导入。请先完成加入手续。",
  signature_invalid: "文件“{file}”的签名不对，可能被改动过或由他人伪造，没有导入。请与“{from}”核对指纹后重新导出。",
  key_revoked: "文件“{file}”使用的密钥已停用（挂失），没有导入。请“{from}”重新办理加入手续。",
  key_replaced:
    "文件“{file}”是用“{from}”已经更换的旧密钥签名的，没有导入。请“{from}”重新导出；对方如果恢复过旧的密钥备份，请先恢复最新的一份。",
  sender_key_unknown:
    "文件“{file}”不是用“{from}”登记的密钥签名的，没有导入。请按已知的号码打电话核对：对方换过电脑或重新生成过密钥的，要重新办理加入手续；没有的，这个文件可能被改动或伪造。",
  recipient_key_changed: "文件“{file}”是用本单位以前的密钥加密的，现在打不开，没有导入。请“{from}”重新导出。",
  keys_missing:
    "找不到本单位的密钥文件 keys.json，不能导出和导入；台账可以照常使用。请到“单位与设定—密钥”恢复密钥备份；没有备份的，在那里重新生成密钥，再与往来单位重新建立联系。",
  keys_damaged:
    "本单位的密钥文件 keys.json 已损坏，不能导出和导入；台账可以照常使用。请到“单位与设定—密钥”恢复密钥备份；没有备份的，在那里重新生成密钥，再与往来单位重新建立联系。",
  keys_usable: "本单位的密钥完好，不需要重新生成。要换用新密钥，请用“更换密钥”。",
  own_key_revoked: "这套密钥已经挂失，不能再使用。请用上级的邀请文件重新加入，或重新生成密钥。",
  key_changes_pending:
    "“{peer}”还没有用上前几次更换后的密钥，暂时不能再换。请先与“{peer}”往来一次同步包（发出并收回）。",
  passphrase_weak: "口令不合要求：{reason}。请另设一个。",
  passphrase_wrong: "打不开密钥备份：口令不对，或者文字有抄错的地方。请核对大小写和每一行后再试；密钥没有变化。",
  key_copy_unreadable: "这不是完整的连心桥密钥备份（{detail}）。请选对文件，或把纸上的文字从第一行到最后一行都录入。",
  key_copy_foreign: "这份密钥备份属于“{office}”，本机是“{here}”，没有恢复。请另选本单位的备份。",
  key_copy_outdated:
    "这份密钥备份太旧：“{peer}”已经在用本单位以后更换的密钥，没有恢复。请找最新的一份备份；没有的，请重新生成密钥。",
  invitation_foreign: "这份邀请是“{from}”发给“{office}”的，本机是“{here}”，没有办理。请核对文件。",
  newer_format:
    "文件“{file}”是第 {found} 版格式，由更新版本的连心桥生成；本程序只读第 {known} 版，没有导入。请升级到能读第 {found} 版格式的连心桥，文件请保留。",
  newer_program_needed: "文件“{file}”需要连心桥 {version} 或更新版本才能导入。请先升级，文件请保留。",
  authority_refused: "同步包含有“{from}”无权修改的内容（{what}），整包没有导入。请对方检查后重新导出。",
  content_invalid:
    "文件“{file}”内容不符合规定（{where}：{reason}），没有导入，数据没有变化。请对方检查后重新导出；仍不行请把文件交给技术人员。",
  bundle_forked:
    "“{from}”的第 {number} 号包有两个不同的版本，可能有两台电脑在用同一个数据库。没有导入，请立即电话核对。",
  acknowledgement_unknown: "“{from}”的回执提到了本单位没有发过的内容，没有导入。请电话核对双方的包号。",
  nothing_to_export: "没有需要发给“{to}”的新内容，不必导出。以后有新的修改时再导出。",
  export_current: "发给“{to}”的第 {number} 号包还在文件夹“{folder}”里，之后没有新的内容，不必重新导出。",
  link_not_ready: "与“{to}”的同步关系还没有建立完成，请先导入对方的加入申请。",
  invitation_expired: "邀请文件已于 {date} 过期，请上级重新生成。",
  invitation_used: "这份邀请已经用过或已作废，请重新生成邀请。",
  request_key_revoked: "这份加入申请用的是已经挂失的密钥，没有接纳。请对方导入新的邀请后，重新交一份加入申请。",
  request_mismatch: "这份加入申请与发出的邀请不符，没有接纳。请核对单位和文件。",
  already_enrolled: "“{office}”已经加入过。对方丢失或更换电脑的，请先在“单位与设定”办理“挂失”，再重新邀请。",
  conflict_settled: "这处冲突已经处理过了，请刷新。",
  attachment_refused:
    "“{file}”没有添加：{reason}。可以添加的有：照片（JPG、PNG、HEIC 等）、PDF、OFD 和 Word、Excel、PPT、WPS 文档。",
  attachment_too_big:
    "“{file}”有 {size}，超过单个附件上限 {limit}，没有添加。照片请选“压缩后保存”，文档请拆分或压缩后再添加。",
  attachment_repeated: "选中的文件这里都已经有了，没有重复添加。",
  attachment_missing: "“{name}”的内容还没有收到，将随后续同步包到达。如长期未到，请对方重新导出。",
  permit_redone: "“{name}”已经重做，原来的一条作为历史保留，不能再改。请修改重做后的一条。",
  spreadsheet_no_head: "没有找到表头。请确认表格中有“项目名称”一列。",
  spreadsheet_expired: "导入预览已失效，请重新选择文件。",
  too_many_rows: "表格有 {rows} 行，超过上限 {limit} 行。请拆分后导入。",
  sheet_too_long: "符合条件的项目超过 {limit} 个，一张表排不下。请先按单位、阶段或清单筛选，再分别打印。",
  issue_sheet_too_long: "符合条件的问题超过 {limit} 个，一张清单排不下。请先按单位、类别或层级筛选，再分别打印。",
  list_too_long: "符合条件的有 {rows} 行，超过一次打印的上限 {limit} 行。请先筛选，或用“导出表格”。",
  printer_unavailable: "本机没有找到可生成PDF的浏览器（Chromium、Chrome 或 Edge）。请用“打印”并选择“另存为PDF”。",
  internal: "程序内部出错，操作没有完成，数据没有改动。请重试；仍不行请把日志交给技术人员。",
} as const;

export type FailureCode = keyof typeof failures;
export type FailureDetails = Readonly<Record<string, string | number>>;

/** The clerk's sentence for a failure. */
export function failureText(code: FailureCode, details: FailureDetails = {}): string {
  return failures[code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ""));
}

/** A failure a clerk can act on. Thrown anywhere in the core; the router turns it into a typed error. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    readonly details: FailureDetails = {},
  ) {
    super(failureText(code, details));
    this.name = "Failure";
  }
}
