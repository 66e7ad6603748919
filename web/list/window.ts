/** Which rows of a fixed-height list are built: those seen and a few around them. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

export function visibleRows(
  scroll: number,
  height: number,
  rowHeight: number,
  total: number,
  around = 8,
): Slice {
  const from = Math.max(0, Math.floor(scroll / rowHeight) - around);
  const to = Math.min(total, Math.ceil((scroll + height) / rowHeight) + around);
  return { from: Math.min(from, total), to: Math.max(to, Math.min(from, total)) };
}

/** Where the list must scroll so that row `index` is wholly seen. */
export function scrollToRow(index: number, scroll: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scroll) return top;
  return top + rowHeight > scroll + height ? top + rowHeight - height : scroll;
}
