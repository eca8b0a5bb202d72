import { notifications } from "@mantine/notifications";
import { api, queryClient } from "./rpc.ts";

const WAITING_ID = "waits-for-import";

/** Says so for as long as a write waits for an import to end. */
export async function tellingOfImport<T>(write: Promise<T>): Promise<T> {
  if (!queryClient.getQueryData(api.exchange.importing.experimental_liveKey())) return write;
  const message = "正在导入，保存会在导入完成后进行。";
  notifications.show({ id: WAITING_ID, message, loading: true, autoClose: false });
  try {
    return await write;
  } finally {
    notifications.hide(WAITING_ID);
  }
}
