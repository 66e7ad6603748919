import type { FeatureView } from "#data/domain/wire/feature.ts";
import { type Base, baseOf } from "./base.ts";
import { useEditor } from "./store.ts";

const versionsOf = (base: Base): readonly number[] => [
  base.version,
  ...Object.keys(base.taskVersion)
    .sort()
    .map((task) => base.taskVersion[task] ?? 0),
];

function compare(
  view: FeatureView,
  test: (stored: number, known: number) => boolean,
): readonly boolean[] | null {
  const { base } = useEditor.getState();
  if (!base || base.feature !== view.feature.id) return null;
  const known = versionsOf(base);
  return versionsOf(baseOf(view)).map((version, i) => test(version, known[i] ?? 0));
}

/** Has a colleague stored something since the open edit began? */
export const isNewer = (view: FeatureView): boolean =>
  compare(view, (stored, known) => stored > known)?.some(Boolean) ?? false;

/** Exactly what the open edit starts from. An answer asked before our own save is older: it must not be shown again. */
export const isCurrent = (view: FeatureView): boolean =>
  compare(view, (stored, known) => stored === known)?.every(Boolean) ?? false;
