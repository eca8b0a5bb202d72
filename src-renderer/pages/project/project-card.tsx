import { Text } from "@mantine/core";
import type { ProjectPage } from "#contract/ledger.ts";
import { bothMoneyUnits, displayValue } from "#domain/display.ts";
import { type FieldName, fieldOf } from "#domain/registry.ts";
import { Facts } from "#renderer/components/facts.tsx";
import classes from "./project.module.css";
import { projectGroups } from "./project-fields.ts";

/** The card: filled facts by section, and every missing key fact as 待补. */
export function ProjectCard({ page }: { page: ProjectPage }) {
  return (
    <>
      {page.missing.length > 0 && (
        <Text size="sm" className={classes.missing} mb="xs">
          项目卡还缺 {page.missing.length} 项：{page.missing.map((name) => fieldOf("project", name)?.label).join("、")}
        </Text>
      )}
      {projectGroups.map((group) => {
        const shown = group.fields.filter(
          (name) => name !== "name" && (page.missing.includes(name) || text(page, name)),
        );
        if (shown.length === 0) return null;
        return (
          <section key={group.title} className={classes.group}>
            <h2 className={classes.groupTitle}>{group.title}</h2>
            <Facts
              items={shown.map((name) => [
                fieldOf("project", name)?.label ?? "",
                text(page, name) || <span className={classes.missing}>▲ 待补</span>,
              ])}
            />
          </section>
        );
      })}
    </>
  );
}

function text(page: ProjectPage, name: FieldName<"project">): string {
  if (name === "annual_plan_investment") return planText(page);
  if (name === "annual_goal") return page.yearPlan.goal ?? "";
  const field = fieldOf("project", name);
  const value = page.project[name];
  if (!field || value === null) return "";
  if (name === "office_id") return page.officeName;
  return field.kind === "money" ? bothMoneyUnits(Number(value)) : displayValue(field, value);
}

/** The plan of the year, and where it comes from; a ledger's figure of another year is shown as such. */
function planText({ project, yearPlan: { year, plan } }: ProjectPage): string {
  const { annual_plan_investment: figure, as_of } = project;
  if (plan) return `${year} 年 ${bothMoneyUnits(plan.amount)}${plan.source === "ledger" ? "，台账数" : ""}`;
  return figure === null ? "" : `${bothMoneyUnits(figure)}，台账数，资料截至 ${as_of ?? "未填"}`;
}
