import { layerById } from "#data/layers/registry.ts";
import { number } from "../ui/format.ts";
import type { Member } from "./entry.ts";

const atOnce = 6;

/** The places of a list that were not taken, each with its reason. */
export function Members({ members }: { members: readonly Member[] }) {
  const told = members.filter(({ why }) => why !== undefined);
  if (told.length === 0) return null;
  return (
    <>
      <Rows members={told.slice(0, atOnce)} />
      {told.length > atOnce && (
        <details className="outbox-more">
          <summary>另有 {number(told.length - atOnce)} 处</summary>
          <Rows members={told.slice(atOnce)} />
        </details>
      )}
    </>
  );
}

const Rows = ({ members }: { members: readonly Member[] }) => (
  <ul className="outbox-members">
    {members.map(({ id, layer, name, why }) => (
      <li key={id}>
        <b>{name || layerById(layer)?.name}</b>：{why}
      </li>
    ))}
  </ul>
);
