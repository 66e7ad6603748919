import { LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { Observation } from "#data/domain/wire/feature.ts";
import { colorsOf, tokens } from "../theme/tokens.ts";
import { seriesOf } from "./water.ts";

use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

/** 透明度 and 水深 over the year; where the bottom is seen the mark is a disc, else a ring. */
export function WaterSeries({ observations }: { observations: readonly Observation[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { sd, depth, seen, total } = seriesOf(observations);
  useEffect(() => {
    const { ui, state } = colorsOf("light");
    const chart = init(box.current);
    const axisLabel = { color: ui.textTertiary, fontSize: 11, fontFamily: tokens.font.family.number };
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: tokens.font.family.text },
      grid: { left: 34, right: 10, top: 22, bottom: 22 },
      tooltip: { trigger: "axis", valueFormatter: (value: unknown) => `${String(value)} 厘米` },
      xAxis: {
        type: "time",
        axisLabel: { ...axisLabel, formatter: "{M}月" },
        axisLine: { lineStyle: { color: ui.lineStrong } },
      },
      yAxis: {
        type: "value",
        name: "厘米",
        nameTextStyle: axisLabel,
        axisLabel,
        splitLine: { lineStyle: { color: ui.line } },
      },
      series: [
        {
          type: "line",
          name: "水深",
          data: depth,
          showSymbol: false,
          lineStyle: { color: ui.lineStrong, width: 1.5, type: "dashed" },
          itemStyle: { color: ui.textTertiary },
        },
        {
          type: "line",
          name: "透明度",
          data: sd.map(({ time, value, clear }) => ({
            value: [time, value],
            symbol: clear ? "circle" : "emptyCircle",
            symbolSize: clear ? 6 : 4,
          })),
          lineStyle: { color: state.normal.fill, width: 2 },
          itemStyle: { color: state.normal.fill },
        },
      ],
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [sd, depth]);
  return (
    <figure className="water">
      <figcaption>
        <b>透明度与水深</b>
        <span className="quiet">
          实心点为近岸见底，{total} 次中 {seen} 次
        </span>
      </figcaption>
      <div
        ref={box}
        className="water-chart"
        role="img"
        aria-label={`透明度序列，${total} 次监测，见底 ${seen} 次`}
      />
    </figure>
  );
}
