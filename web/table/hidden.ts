const shelf = (layer: string): string => `guatu-table-hidden-${layer}`;

/** Columns of a layer's table that this browser put away; none where it keeps nothing. */
export function hiddenColumns(layer: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(shelf(layer)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function hideColumns(layer: string, hidden: readonly string[]): void {
  try {
    localStorage.setItem(shelf(layer), JSON.stringify(hidden));
  } catch {
    // A browser that keeps nothing shows all columns again next time.
  }
}
