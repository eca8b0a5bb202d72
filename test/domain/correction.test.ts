import { expect, test } from "vitest";
import { changesBetween } from "#domain/correction.ts";

test("long texts are told around the first place where they differ, so that both can be told apart", () => {
  const begin = "一期主体结构施工，".repeat(12);
  const [change] = changesBetween(
    { imageProgress: `${begin}完成三成` },
    { imageProgress: `${begin}完成五成，二期开挖` },
  );
  expect(change).toEqual({
    label: "形象进度",
    frozen: "…期主体结构施工，完成三成",
    now: "…期主体结构施工，完成五成，二期开挖",
  });
  expect(changesBetween({ imageProgress: "" }, { imageProgress: begin })[0]).toMatchObject({
    frozen: "未填",
    now: `${begin.slice(0, 60)}…`,
  });
  expect(changesBetween({ imageProgress: begin }, { imageProgress: begin })).toEqual([]);
});
