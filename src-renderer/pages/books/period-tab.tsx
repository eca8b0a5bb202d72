import { Alert, Anchor, Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PeriodBooks } from "#contract/books.ts";
import { monthOf, quarterOf } from "#domain/calendar.ts";
import { rateText } from "#domain/figures-text.ts";
import { withWork } from "#domain/statement.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./books.module.css";
import { BooksOffice } from "./books-office.tsx";
import { ParentBooks } from "./open-items.tsx";
import { PartsTable, rankingColumns } from "./parts-table.tsx";
import type { BooksSearch } from "./search.ts";

type Props = { search: BooksSearch; isYear: boolean; onChange: (next: BooksSearch) => void };

/** A quarter or the year, added up from the closed months; without a choice the newest that has some. */
export function PeriodTab(props: Props) {
  const { today } = useSession();
  const { officeId } = props.search;
  const closed = useQuery(api.books.closedMonths.queryOptions({ input: { officeId } }));
  if (closed.isError) return <FailureAlert error={closed.error} onRetry={() => void closed.refetch()} />;
  if (!closed.data) return <Waiting what="正在汇总" height="100%" />;
  return <PeriodOf {...props} newest={closed.data[0] ?? monthOf(today)} />;
}

/** `newest`: the month that is shown without a choice, and with it its quarter and year. Months that are missing are named. */
function PeriodOf({ search, isYear, onChange, newest }: Props & { newest: string }) {
  const { today } = useSession();
  const thisYear = Number(today.slice(0, 4));
  const { year = Number(newest.slice(0, 4)), officeId } = search;
  const quarter = isYear ? null : (search.quarter ?? quarterOf(newest));
  const query = useQuery({
    ...api.books.period.queryOptions({ input: { year, quarter, officeId } }),
    placeholderData: (before) => before,
  });
  const { data } = query;
  return (
    <>
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <Select
          aria-label="年度"
          w={110}
          allowDeselect={false}
          data={yearsUpTo(thisYear, year)}
          value={String(year)}
          onChange={(value) => onChange({ year: Number(value), quarter: quarter ?? search.quarter })}
        />
        {quarter !== null && (
          <SegmentedControl
            aria-label="季度"
            data={["1", "2", "3", "4"].map((value) => ({ value, label: `${value}季度` }))}
            value={String(quarter)}
            onChange={(value) => onChange({ year, quarter: Number(value) })}
          />
        )}
        <BooksOffice value={officeId} onChange={(id) => onChange({ officeId: id })} />
        <div style={{ flex: 1 }} />
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => (
            <Link to="/print" search={{ sheet: "period", year, quarter: quarter ?? undefined, officeId }} {...props} />
          )}
        >
          {isYear ? "打印年账单" : "打印季账单"}
        </Button>
      </Group>
      <ListTools
        list={{ list: "periodRanking", period: { year, quarter, officeId } }}
        columns={rankingColumns}
        storageKey="ranking"
        isEmpty={!data?.months.some(({ figures }) => figures !== null)}
      />
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {!data && !query.isError && <Waiting what="正在汇总" height="100%" />}
      {data && (
        <Period books={data} name={quarter === null ? `${year}年` : `${year}年${quarter}季度`} search={search} />
      )}
    </>
  );
}

/** The last years, down to the one that is shown. */
function yearsUpTo(thisYear: number, shown: number): string[] {
  const length = Math.max(6, thisYear - shown + 1);
  return Array.from({ length }, (_, back) => String(thisYear - back));
}

function Period({ books, name, search }: { books: PeriodBooks; name: string; search: BooksSearch }) {
  const { office } = useSession();
  const missing = books.months.filter(({ figures }) => figures === null).map(({ month }) => month);
  const closed = books.months.filter(({ figures }) => figures !== null);
  const lastClosed = closed.at(-1)?.month;
  const own = office.level === "street" ? "街道、园区的账由上级对。" : "逐月对账以后，这里就有合计。";
  const waitsFor = books.officeId === office.id ? own : `${books.officeName}对账以后随同步包到达，这里就有合计。`;
  return (
    <section className={classes.scroll} aria-label={`${name}合计`}>
      {missing.length > 0 && (
        <Alert color="yellow" p="xs">
          <Text size="sm">
            {closed.length === 0
              ? `${name}还没有已对账的月份：${waitsFor}`
              : `缺 ${missing.join("、")} 的月对账，以下只是已对账 ${closed.length} 个月的合计。`}{" "}
            {office.level === "street" ? (
              <ParentBooks {...search} />
            ) : (
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to="/books" search={{ officeId: search.officeId, month: missing[0] }} {...props} />
                )}
              >
                去月对账
              </Anchor>
            )}
          </Text>
        </Alert>
      )}
      {closed.length > 0 && (
        <>
          <PartsTable
            label={`${name}节点完成排名`}
            parts={books.parts}
            whole={books.whole}
            months={Number(lastClosed?.slice(5) ?? 0)}
          />
          <Months books={books} />
          <Text size="sm" c="var(--text-quiet)">
            应完成、按期完成的节点和计划、完成投资为各月相加；项目数、灯号、逾期节点、年度计划和当年完成以 {lastClosed}{" "}
            月对账为准。投资单位：万元。
          </Text>
        </>
      )}
    </section>
  );
}

function Months({ books: { months, parts } }: { books: PeriodBooks }) {
  return (
    <div className={classes.frame} style={{ flexShrink: 0 }}>
      <table className={classes.table} aria-label="各月节点完成率">
        <thead>
          <tr>
            <th scope="col">各月节点完成率</th>
            {months.map(({ month, frozenOn }) => (
              <th key={month} scope="col" data-align="end" title={frozenOn ? `${frozenOn} 对账` : "未对账"}>
                {month}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {withWork(parts).map((part) => (
            <tr key={part.officeId}>
              <td>{part.name}</td>
              {months.map(({ month }, index) => {
                const figures = part.months[index];
                return (
                  <td key={month} data-align="end">
                    {figures ? rateText(figures) || "—" : "未对账"}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
