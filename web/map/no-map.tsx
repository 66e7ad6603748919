import type { ReactNode } from "react";
import type { Padding } from "./controller.ts";
import "./no-map.css";

interface Props {
  /** What lies over the sheet: the sentence stands in what is free. */
  readonly padding: Padding;
  /** What can be done all the same. */
  readonly children: ReactNode;
}

/** In place of the sheet, where the browser cannot draw one. */
export function NoMap({ padding, children }: Props) {
  return (
    <div className="no-map" role="status" style={{ ...padding }}>
      <h2>这台浏览器画不了地图</h2>
      <p>
        它没有 WebGL2。在浏览器设置里打开“硬件加速”（或“使用图形加速”）再刷新，或换新版的
        Chrome、Edge、Firefox。
      </p>
      <p>{children}</p>
    </div>
  );
}
