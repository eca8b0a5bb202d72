/** The last writes of this session, newest last; Ctrl+Z and the notification's 撤销 take them back. */
import { type NotificationData, notifications } from "@mantine/notifications";
import { errorText } from "./error-text.ts";
import { api, client, queryClient } from "./rpc.ts";
import { tellingOfImport } from "./waiting.ts";

let told: string | undefined;

/** One notification at a time about what was done: its 撤销 always means the last write. */
export function tellDone(notification: NotificationData): void {
  hideDone();
  // A new id each time: one that is still fading out would take the next one of its name with it.
  told = notifications.show(notification);
}

function hideDone(): void {
  if (told !== undefined) notifications.hide(told);
}

const undoable: number[] = [];

export function rememberWrite(changeSet: number): void {
  undoable.push(changeSet);
}

/** Every screen shows the core's present state after a write. */
export function refreshAll(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: api.key() });
}

/** Undoes one change set, by default the newest of this session; false when it was refused. */
export async function undoWrite(changeSet = undoable.at(-1)): Promise<boolean> {
  if (changeSet === undefined) {
    notifications.show({ message: "本次打开以来没有可撤销的操作。", color: "gray" });
    return false;
  }
  let isUndone = true;
  const at = undoable.indexOf(changeSet);
  if (at >= 0) undoable.splice(at, 1);
  hideDone();
  try {
    await tellingOfImport(client.maintenance.undo({ changeSet }));
    tellDone({ message: "已撤销。", color: "gray", autoClose: 4000 });
  } catch (error) {
    isUndone = false;
    notifications.show({ title: "没有撤销", message: errorText(error), color: "red", autoClose: 10_000 });
  }
  await refreshAll();
  return isUndone;
}
