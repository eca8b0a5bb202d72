/** The columns of a sheet's table: their widths, and the heads that every page repeats. */
export type SheetColumn = {
  head: string /** As CSS has it; without one the column takes what is left. */;
  width?: string | undefined;
};

export function Columns({ columns }: { columns: readonly SheetColumn[] }) {
  return (
    <>
      <colgroup>
        {columns.map(({ head, width }) => (
          <col key={head} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map(({ head }) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
