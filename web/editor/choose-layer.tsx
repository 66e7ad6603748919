import { Link, useSearch } from "@tanstack/react-router";
import { campaigns } from "#data/programme/campaigns.ts";
import { useWho } from "../api/session.ts";
import { layersToDraw } from "./rights.ts";

const shapeName = { Point: "点", LineString: "线", Polygon: "面" } as const;

/** Where nothing was named: the layers in which this account may add a place. */
export function ChooseLayer() {
  const { who } = useWho();
  const offered = layersToDraw(who);
  const { v, at, layers }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const kept = { ...(v ? { v } : {}), ...(at ? { at } : {}), ...(layers ? { layers } : {}) };
  if (offered.length === 0)
    return (
      <main className="page-state">
        <h1>这个账号不能新增</h1>
        <p>新增由镇街或牵头单位的经办、审核账号来做。</p>
        <a href="/">回到地图</a>
      </main>
    );
  return (
    <main className="edit-choose">
      <h1>在哪个图层新增一处</h1>
      <p className="quiet">
        只列出{who.unitName}可以写的图层。<a href="/">回到地图</a>
      </p>
      {campaigns.map((campaign) => {
        const own = offered.filter((layer) => layer.campaign === campaign.no);
        if (own.length === 0) return null;
        return (
          <section key={campaign.no}>
            <h2>
              <span className="serif">{campaign.numeral}</span> {campaign.short}
            </h2>
            {own.map((layer) => (
              <Link key={layer.id} to="/edit" search={{ layer: layer.id, ...kept }}>
                {layer.name}
                <span className="quiet">{shapeName[layer.geometry]}</span>
              </Link>
            ))}
          </section>
        );
      })}
    </main>
  );
}
