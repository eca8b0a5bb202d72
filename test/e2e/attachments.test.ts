import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

/** A picture of `width` × `height` as a camera would hand it over: noisy, so that it is large. */
async function photo(name: string, width: number, height: number, hue: number) {
  const base64 = await program.page.evaluate(`(async () => {
    const canvas = new OffscreenCanvas(${width}, ${height});
    const paint = canvas.getContext("2d");
    const sky = paint.createLinearGradient(0, 0, 0, ${height});
    sky.addColorStop(0, "hsl(${hue} 60% 70%)");
    sky.addColorStop(1, "hsl(${hue + 40} 40% 35%)");
    paint.fillStyle = sky;
    paint.fillRect(0, 0, ${width}, ${height});
    let seed = ${hue + 1};
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let dot = 0; dot < ${width * height} / 60; dot++) {
      paint.fillStyle = "hsl(" + next() * 360 + " 50% 50% / 0.6)";
      paint.fillRect(next() * ${width}, next() * ${height}, 4, 4);
    }
    const bytes = await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 })).bytes();
    return bytes.toBase64 ? bytes.toBase64() : btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
  })()`);
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(String(base64), "base64") };
}

/** Width and height of a picture as it was decoded. */
const sizeOf = (picture: Locator) =>
  picture.evaluate((img: unknown) => {
    const { naturalWidth, naturalHeight } = img as { naturalWidth: number; naturalHeight: number };
    return [naturalWidth, naturalHeight];
  });

const pdf = { name: "用地批复.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n示例") };

/** Drops a file on the panel of this name, or pastes it there. */
async function bringFile(how: "drop" | "paste", panel: string, file: { name: string; buffer: Buffer }) {
  const facts = JSON.stringify([how, `section[aria-label="${panel}"]`, file.name, file.buffer.toString("base64")]);
  const { page } = program;
  // Until it knows whether this office may write here, the panel takes nothing.
  await page.getByRole("region", { name: panel }).getByRole("button", { name: "添加照片或文件" }).waitFor();
  await page.evaluate(`(([how, place, name, content]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(content), (char) => char.charCodeAt(0))], name));
    const options = { bubbles: true, cancelable: true };
    document.querySelector(place).dispatchEvent(
      how === "drop"
        ? new DragEvent("drop", { ...options, dataTransfer: transfer })
        : new ClipboardEvent("paste", { ...options, clipboardData: transfer }),
    );
  })(${facts})`);
}

async function openProject(name: string) {
  const { page } = program;
  await program.open(`/projects?search=${encodeURIComponent(name)}`);
  await page.locator("tbody button").first().click();
  await page.getByRole("tab", { name: /^资料/ }).click();
}

const tiles = () => program.page.getByRole("tabpanel").getByRole("listitem");

test("photos are scaled by choice, shown as thumbnails, looked at with the keyboard and downloaded whole", async () => {
  const { page } = program;
  await openProject("大连地铁5号线");
  await page.getByText("还没有资料").waitFor();
  const big = await photo("IMG_20261120_0930.jpg", 2400, 1800, 200);
  const small = await photo("门口.jpg", 640, 480, 20);
  expect(big.buffer.length).toBeGreaterThan(1024 ** 2);
  await page.getByLabel("添加资料和照片").setInputFiles([big, small, pdf, { ...pdf, name: "假的.jpg" }]);
  const dialog = page.getByRole("dialog", { name: "添加照片或文件" });
  await dialog.getByText("可能被改过名或已损坏").waitFor();
  await dialog.getByText(/ → /).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "添加 3 个" }).click();
  await page.getByText("已添加 3 个附件。").waitFor();
  await expect.poll(() => tiles().count()).toBe(3);
  await expect.poll(() => tiles().locator("img").count()).toBe(2);
  await expect.poll(() => page.getByRole("tab", { name: "资料 3" }).count()).toBe(1);
  expect(await seriousFindings(page)).toEqual([]);

  await tiles().filter({ hasText: "用地批复" }).getByRole("button").click();
  const viewer = page.getByRole("dialog");
  await viewer.getByText("这类文件在这里不能显示").waitFor();
  await page.keyboard.press("ArrowRight");
  await viewer.getByRole("img", { name: "门口.jpg" }).waitFor();
  await page.keyboard.press("ArrowRight");
  const shown = viewer.getByRole("img", { name: "IMG_20261120_0930.jpg" });
  await expect.poll(() => sizeOf(shown)).toEqual([1920, 1440]);
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press("ArrowLeft");
  await viewer.getByRole("img", { name: "门口.jpg" }).waitFor();
  const download = page.waitForEvent("download");
  await viewer.getByRole("button", { name: "下载" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("门口.jpg");
  // Small photos are kept as they are, byte for byte.
  expect(readFileSync(await file.path()).equals(small.buffer)).toBe(true);
  await viewer.getByRole("button", { name: "修改说明" }).click();
  await viewer.getByLabel("说明").fill("工地南门");
  await page.keyboard.press("Control+Enter");
  await page.getByText("附件说明已保存。").waitFor();
  await viewer.getByText("工地南门").waitFor();
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
});

test("a deleted attachment comes back with 撤销; the original is kept where the clerk says so", async () => {
  const { page } = program;
  await openProject("大连地铁5号线");
  await expect.poll(() => tiles().count()).toBe(3);
  await tiles().first().getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await page.getByRole("dialog", { name: "删除附件" }).getByRole("button", { name: "删除" }).click();
  await expect.poll(() => tiles().count()).toBe(2);
  await page.getByRole("alert").filter({ hasText: "附件已删除。" }).getByRole("button", { name: "撤销" }).click();
  await expect.poll(() => tiles().count()).toBe(3);

  const big = await photo("原图.jpg", 2000, 1500, 100);
  await page.getByLabel("添加资料和照片").setInputFiles(big);
  await page.getByRole("radio", { name: /^保留原图/ }).check();
  await page.getByRole("button", { name: "添加 1 个" }).click();
  await expect.poll(() => tiles().count()).toBe(4);
  await tiles().filter({ hasText: "原图" }).getByRole("button").click();
  const shown = page.getByRole("img", { name: "原图.jpg" });
  await expect.poll(() => sizeOf(shown)).toEqual([2000, 1500]);
});

test("a file dropped beside its place leaves the page as it is", async () => {
  const { page } = program;
  await openProject("大连地铁5号线");
  const answers = await page.evaluate(`["Files", "text/plain"].map((type) => {
    const transfer = new DataTransfer();
    if (type === "Files") transfer.items.add(new File(["x"], "照片.jpg"));
    else transfer.setData(type, "文字");
    const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer });
    document.querySelector("nav").dispatchEvent(event);
    return event.defaultPrevented;
  })`);
  expect(answers).toEqual([true, false]);
});

test("photos are dropped on a visit and pasted; Esc closes the photo and leaves the visit open", async () => {
  const { page } = program;
  await openProject("大连地铁5号线");
  await page.getByRole("tab", { name: /^走访/ }).click();
  await page.getByRole("button", { name: "记录走访" }).click();
  const drawer = page.getByRole("dialog", { name: "记录走访" });
  await drawer.getByLabel("了解到的情况").fill("围挡已完成");
  await page.keyboard.press("Control+Enter");
  await page.getByText("走访已保存", { exact: true }).waitFor();
  const panel = drawer.getByRole("region", { name: "现场照片" });
  await panel.waitFor();
  await bringFile("drop", "现场照片", await photo("拖入.jpg", 300, 200, 300));
  await page.getByRole("button", { name: "添加 1 个" }).click();
  await expect.poll(() => panel.getByRole("listitem").count()).toBe(1);
  await bringFile("paste", "现场照片", await photo("截图.jpg", 300, 200, 120));
  await page.getByRole("button", { name: "添加 1 个" }).click();
  await expect.poll(() => panel.getByRole("listitem").count()).toBe(2);
  await panel.getByRole("listitem").first().getByRole("button").click();
  const viewer = page.getByRole("dialog").filter({ hasText: "1 / 2" });
  await viewer.waitFor();
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "现场照片 2" }).click();
  await page.getByRole("dialog", { name: /走访的现场照片$/ }).waitFor();
  await page.keyboard.press("Escape");
  await page
    .getByRole("tabpanel")
    .getByRole("row", { name: /围挡已完成/ })
    .getByRole("button", { name: /^\d{4}-/ })
    .click();
  await page.getByRole("dialog", { name: "修改走访记录" }).getByRole("listitem").nth(1).waitFor();
});

test("evidence is added to a node's completion and can be looked at when it has been sent up", async () => {
  const { page } = program;
  await openProject("大连地铁5号线");
  await page.getByRole("tab", { name: /^节点/ }).click();
  await page.getByRole("button", { name: "上报" }).first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("添加佐证文件").setInputFiles(pdf);
  await page.getByRole("button", { name: "添加 1 个" }).click();
  await expect.poll(() => drawer.getByRole("listitem").count()).toBe(1);
  await drawer.getByRole("button", { name: "保存并上报" }).click();
  await page.getByText("已保存并上报。").waitFor();
  await page.getByRole("button", { name: "佐证文件 1" }).click();
  const evidence = page.getByRole("dialog", { name: /佐证文件$/ });
  await evidence.getByRole("listitem").waitFor();
  await expect.poll(() => evidence.getByRole("button", { name: "添加照片或文件" }).count()).toBe(0);
});

/** As when a content has not come with a bundle yet. */
function loseLargestContent() {
  const folder = join(program.dataFolder, "attachments");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const bySize = files.filter((path) => statSync(path).isFile()).sort((a, b) => statSync(b).size - statSync(a).size);
  rmSync(String(bySize[0]));
}

test("photos survive a restart; one whose content is not here is named in its place and on the workbench", async () => {
  const { page } = program;
  loseLargestContent();
  await program.restart();
  await page.getByRole("heading", { name: /请选择经办人/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("有 1 个附件尚未收到，将随后续同步包到达").waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("main").getByRole("link", { name: "大连地铁5号线" }).first().click();
  await expect.poll(() => tiles().locator("img").count()).toBe(5);
  expect(await seriousFindings(page)).toEqual([]);
  await tiles().filter({ hasText: "照片尚未收到，将随后续同步包到达" }).getByRole("button").click();
  const viewer = page.getByRole("dialog", { name: "原图.jpg" });
  await viewer.getByText("照片尚未收到，将随后续同步包到达。").waitFor();
  await expect.poll(() => viewer.getByRole("button", { name: "下载" }).isDisabled()).toBe(true);
});
