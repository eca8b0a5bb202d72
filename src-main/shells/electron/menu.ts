/** The window's menu, in Chinese; keys and behaviour are the system's own roles. */
import { app, dialog, Menu, type MenuItemConstructorOptions, shell } from "electron";
import { VERSION } from "#shells/version.ts";

export function setMenu(dataFolder: string): void {
  const template: MenuItemConstructorOptions[] = [
    {
      label: "文件(&F)",
      submenu: [
        { label: "打开数据文件夹", click: () => void shell.openPath(dataFolder) },
        { type: "separator" },
        { label: "退出", role: "quit" },
      ],
    },
    {
      label: "编辑(&E)",
      submenu: [
        { label: "撤销", role: "undo" },
        { label: "重做", role: "redo" },
        { type: "separator" },
        { label: "剪切", role: "cut" },
        { label: "复制", role: "copy" },
        { label: "粘贴", role: "paste" },
        { label: "全选", role: "selectAll" },
      ],
    },
    {
      label: "视图(&V)",
      submenu: [
        { label: "重新载入", role: "reload" },
        { type: "separator" },
        { label: "实际大小", role: "resetZoom" },
        { label: "放大", role: "zoomIn" },
        { label: "缩小", role: "zoomOut" },
        { type: "separator" },
        { label: "全屏", role: "togglefullscreen" },
        ...(app.isPackaged ? [] : [{ label: "开发者工具", role: "toggleDevTools" } as const]),
      ],
    },
    { label: "帮助(&H)", role: "help", submenu: [{ label: "关于连心桥", click: () => showAbout(dataFolder) }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function showAbout(dataFolder: string): void {
  void dialog.showMessageBox({
    type: "info",
    title: "关于连心桥",
    message: `连心桥 ${VERSION}`,
    detail: `数据文件夹：${dataFolder}`,
    buttons: ["确定"],
  });
}
