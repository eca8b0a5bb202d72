/** How each act is offered, asked for and confirmed. */
import type { IssueRow } from "#contract/issues.ts";
import { raisedTo } from "#domain/issue.ts";
import { type IssueAct, issueLevels, type OfficeLevel } from "#domain/values.ts";

type Words = { label: string; asks: string; hint?: string; variant: "filled" | "light" | "default" };

/** In the order in which the buttons stand. Following up has a field of its own. */
export const actWords: Record<Exclude<IssueAct, "follow_up">, Words> = {
  answer: { label: "答复", asks: "答复意见", hint: "随同步包发回提出问题的单位。", variant: "filled" },
  solve: { label: "已解决", asks: "怎样解决的", hint: "下一步是向业主回音；业主回音后才能销号。", variant: "light" },
  owner_reply: { label: "业主回音", asks: "业主怎么说", hint: "业主不满意的，请改点“重新办理”。", variant: "filled" },
  close: { label: "销号", asks: "备注", variant: "filled" },
  raise: { label: "上报", asks: "为什么需要上级协调", hint: "解决不了的当天上报，不过夜。", variant: "light" },
  supervise: { label: "挂牌督办", asks: "督办要求", variant: "default" },
  relieve: { label: "列入难点纾解", asks: "备注", variant: "default" },
  hand_back: { label: "退回下一级", asks: "退回原因和要求", variant: "default" },
  reopen: {
    label: "重新办理",
    asks: "为什么重新办理",
    hint: "原来的业主回音留在办理过程里，解决后要再次回音。",
    variant: "default",
  },
  unsupervise: { label: "摘牌", asks: "备注", variant: "default" },
  unrelieve: { label: "移出难点纾解", asks: "备注", variant: "default" },
};

/** "上报分管副市长", "上报区市县"; the plain word where it follows from the act alone. */
export function actLabel(act: keyof typeof actWords, issues: readonly IssueRow[], office: OfficeLevel): string {
  if (act === "hand_back" && office === "district") return "退回街道";
  if (act !== "raise") return actWords[act].label;
  if (office === "street") return "上报区市县";
  const [target, ...others] = new Set(issues.map((issue) => raisedTo(issue, office)));
  return target && others.length === 0 ? `上报${issueLevels[target]}` : "上报各自的上一级";
}
