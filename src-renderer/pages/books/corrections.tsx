import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MonthBooks } from "#contract/books.ts";
import type { Correction } from "#domain/statement.ts";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./books.module.css";

/** What the records now say otherwise than the closed month. */
export function Corrections({ books: { month, officeId } }: { books: MonthBooks }) {
  const query = useQuery(api.books.corrections.queryOptions({ input: { month, officeId } }));
  return (
    <>
      <ListTools
        list={{ list: "corrections", month, officeId }}
        columns={correctionColumns}
        storageKey="corrections"
        isEmpty={!query.data || query.data.total === 0}
      />
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Waiting what="正在核对" height="100%" />}
      {query.data && <Found month={month} {...query.data} />}
    </>
  );
}

/** The same on paper and in the spreadsheet. */
const correctionColumns: readonly SizedColumn[] = [
  { key: "name", width: 260 },
  { key: "office", width: 110 },
  { key: "changes", width: 300 },
  { key: "causes", width: 340 },
];

function Found({ month, corrections, total }: Pick<MonthBooks, "month"> & MonthBooks["listed"]) {
  if (total === 0) {
    return <EmptyState title={`${month} 没有更正`} next="现在的记录与对账时定下的账一致。" />;
  }
  return (
    <section className={classes.scroll} aria-label="更正">
      <Text size="sm" c="var(--text-quiet)">
        {month} 对账以后，{total} 个项目的记录与定下的账不同。定下的账不变；更正列入以后的月对账单。
        {total > corrections.length && `以下为前 ${corrections.length} 个，导出和打印的是全部。`}
      </Text>
      <CorrectionList corrections={corrections} />
    </section>
  );
}

/** Corrections of earlier months that a closed month's statement lists. */
export function ListedCorrections({ listed }: { listed: MonthBooks["listed"] }) {
  if (listed.total === 0) return null;
  return (
    <>
      <Text size="sm" fw={600}>
        本月列出的以前月份更正（{listed.total}）
      </Text>
      <CorrectionList corrections={listed.corrections} />
    </>
  );
}

function CorrectionList({ corrections }: { corrections: readonly Correction[] }) {
  return (
    <ul className={classes.corrections}>
      {corrections.map((each) => (
        <li key={`${each.month} ${each.projectId}`} className={classes.correction}>
          <Anchor
            size="sm"
            fw={600}
            renderRoot={(props) => (
              <Link
                to="/projects/$projectId"
                params={{ projectId: each.projectId }}
                search={{ tab: "history" }}
                {...props}
              />
            )}
          >
            {each.projectName}
          </Anchor>{" "}
          <Text span size="sm" c="var(--text-quiet)">
            {each.officeName}　{each.month}
          </Text>
          <div className={classes.changes}>
            {each.changes.map(({ label, frozen, now }) => (
              <span key={label}>
                {label}：<del>{frozen}</del> → <b>{now}</b>
              </span>
            ))}
          </div>
          {each.causes.map(({ at, who, what }) => (
            <Text key={`${at} ${what}`} size="xs" c="var(--text-quiet)">
              {at}　{who}　{what}
            </Text>
          ))}
        </li>
      ))}
    </ul>
  );
}
