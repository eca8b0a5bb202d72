/** User actions as the log names them, with the words that history shows. */
export const actions = {
  found_office: "建立单位",
  create_project: "新建项目",
  update_project: "修改项目",
  archive_project: "归档项目",
  restore_project: "恢复项目",
  import_spreadsheet: "导入表格",
  create_node: "新建节点",
  update_node: "修改节点",
  archive_node: "删除节点",
  restore_node: "恢复节点",
  submit_node: "上报节点",
  withdraw_node: "撤回上报",
  approve_node: "审核通过",
  return_node: "退回节点",
  reopen_node: "重新打开节点",
  create_visit: "记录走访",
  update_visit: "修改走访",
  archive_visit: "删除走访",
  restore_visit: "恢复走访",
  add_attachment: "添加附件",
  update_attachment: "修改附件说明",
  archive_attachment: "删除附件",
  save_assignment: "分配秘书",
  archive_assignment: "撤销秘书分工",
  save_progress: "填报月度进度",
  save_person: "维护人员",
  archive_person: "停用人员",
  restore_person: "恢复人员",
  save_office: "维护单位",
  save_setting: "修改设定",
  settle_conflict: "处理冲突",
  undo: "撤销",
  create_demo: "生成演示数据",
} as const;

export type Action = keyof typeof actions;

/** The words for an action; an action of a newer program shows as its code. */
export function actionLabel(action: string): string {
  return Object.hasOwn(actions, action) ? actions[action as Action] : action;
}
