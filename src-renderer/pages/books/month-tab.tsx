import { Badge, Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import type { MonthBooks } from "#contract/books.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { dalianWords } from "#domain/light.ts";
import { profilesText } from "#domain/light-profiles.ts";
import { wholeMonths } from "#domain/light-verdicts.ts";
import { auditStates } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { MonthSwitcher } from "#renderer/components/month-switcher.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./books.module.css";
import { BooksOffice } from "./books-office.tsx";
import { CloseButton } from "./close-button.tsx";
import { Corrections, ListedCorrections } from "./corrections.tsx";
import { LinesTable } from "./lines-table.tsx";
import { OpenItems } from "./open-items.tsx";
import { PartsTable, rankingColumns } from "./parts-table.tsx";
import type { BooksSearch } from "./search.ts";

type Props = { search: BooksSearch; onChange: (next: BooksSearch) => void };

/** One month: what is still open before closing, the ranking, the projects, and after closing the corrections. */
export function MonthTab({ search, onChange }: Props) {
  const { today, office } = useSession();
  // The month that is over is the one to close.
  const current = addMonths(monthOf(today), -1);
  const { month = current, officeId } = search;
  const query = useQuery({
    ...api.books.month.queryOptions({ input: { month, officeId } }),
    placeholderData: (before) => before,
  });
  const { data } = query;
  // Only a closed month has corrections.
  const view = search.view === "corrections" && !data?.closed ? "parts" : (search.view ?? "parts");
  const changeMonth = useCallback((next: string) => onChange({ month: next }), [onChange]);
  return (
    <>
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <MonthSwitcher month={month} current={current} currentLabel="上月" onChange={changeMonth} />
        <BooksOffice
          value={officeId}
          onChange={(id) => onChange({ officeId: id, partId: undefined, lights: undefined })}
        />
        <SegmentedControl
          aria-label="看什么"
          size="xs"
          value={view}
          data={[
            { value: "parts", label: "排名" },
            { value: "lines", label: "项目" },
            ...(data?.closed ? [{ value: "corrections", label: "更正" }] : []),
          ]}
          onChange={(value) => onChange({ view: value as BooksSearch["view"] })}
        />
        {data && <MonthState books={data} />}
        <div style={{ flex: 1 }} />
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/print" search={{ sheet: "month", month, officeId }} {...props} />}
        >
          打印月对账单
        </Button>
        {data && !data.closed && office.level !== "street" && data.officeId === (officeId ?? data.officeId) && (
          <CloseButton books={data} />
        )}
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {!data && !query.isError && <Waiting what="正在汇总" height="100%" />}
      {data && view === "parts" && <Ranking books={data} onChange={onChange} />}
      {data && view === "lines" && <LinesTable books={data} search={search} onChange={onChange} />}
      {data && view === "corrections" && <Corrections books={data} />}
    </>
  );
}

function MonthState({ books: { closed, date } }: { books: MonthBooks }) {
  if (closed) {
    return (
      <Badge color="green" size="lg">
        已对账 {closed.frozenOn} {closed.personName}
      </Badge>
    );
  }
  return (
    <Badge color="gray" size="lg">
      未对账，按 {date} 预览
    </Badge>
  );
}

function Ranking({ books, onChange }: { books: MonthBooks } & Pick<Props, "onChange">) {
  const { parts, whole, date, month, officeName, rules } = books;
  const words = dalianWords(rules);
  return (
    <section className={classes.scroll} aria-label="排名">
      <ListTools
        list={{ list: "monthRanking", month, officeId: books.officeId }}
        columns={rankingColumns}
        storageKey="ranking"
        isEmpty={whole.projects === 0}
      />
      {!books.closed && <OpenItems books={books} />}
      <PartsTable
        label={`${officeName} ${month} 节点完成排名`}
        parts={parts}
        whole={whole}
        months={wholeMonths(date)}
        onOpen={(partId) => onChange({ view: "lines", partId, lights: undefined })}
      />
      <Text size="sm" c="var(--text-quiet)">
        灯号按 {date} 计，{books.closed ? "对账时" : "现行"}灯规则：{profilesText(rules.profiles)}；红灯：节点
        {words.red}；黄灯：节点{words.yellow}；自“{auditStates[rules.countsFrom]}”起算完成。
        节点完成率＝当月按期完成的节点÷当月应完成的节点；完成率相同的名次并列，没有应完成节点的不排名。投资单位：万元；完成率和序时只算有年度计划的项目，按已过完的{" "}
        {wholeMonths(date)} 个月计。
      </Text>
      <ListedCorrections listed={books.listed} />
    </section>
  );
}
