/** Labels of the ranges between lower bounds: 0, 31, 61 days read "0–30 天", "31–60 天", "61 天以上". */
export function boundLabels(bounds: readonly number[], unit: string): string[] {
  return bounds.map((bound, at) => {
    const next = bounds[at + 1];
    if (next === undefined) return `${bound} ${unit}以上`;
    return next - 1 === bound ? `${bound} ${unit}` : `${bound}–${next - 1} ${unit}`;
  });
}
