import type { FeatureBody } from "#data/domain/wire/feature.ts";
import { countText } from "../outbox/counts.ts";
import { openOutbox, useOutbox } from "../outbox/state.ts";

/** What I did here and is not stored yet: the panel shows the stored state. */
export function Unsent({ feature }: { feature: FeatureBody }) {
  const entries = useOutbox((s) => s.entries);
  const own = entries.filter(({ subjects }) =>
    subjects.some((s) => s === feature.id || s === feature.guatu.uid),
  );
  if (own.length === 0) return null;
  const stopped = own.filter(({ state }) => state !== "waiting").length;
  return (
    <p className="detail-unsent" data-stopped={stopped > 0 || undefined} role="status">
      {stopped > 0 ? `${stopped} 项没发出去` : `${countText(own)}待发，下面还是原来的`}
      <button type="button" className="link-button" onClick={openOutbox}>
        看待发箱
      </button>
    </p>
  );
}
