import { IconForms, IconSquare, IconSquareCheckFilled } from "@tabler/icons-react";
import { Suspense } from "react";
import { createPortal } from "react-dom";
import { useBulkBack } from "../bulk/draft.ts";
import { part } from "../shell/part.ts";
import { number } from "../ui/format.ts";
import { clearSelection, useSelection } from "./store.ts";
import "./phone.css";

const UndoPair = part(() => import("../session/pair.tsx").then((m) => m.UndoPair));
const BulkPanel = part(() => import("../bulk/panel.tsx").then((m) => m.BulkPanel));

/** 撤销 of what was done here, once there is something. */
export const PhoneUndo = () => (
  <Suspense fallback={null}>
    <div className="phone-undo">
      <UndoPair />
    </div>
  </Suspense>
);

/** 多选: a tap on a row of the list chooses it instead of opening it. */
export function PickToggle() {
  const listing = useSelection((s) => s.listing);
  const turn = () => {
    clearSelection();
    useSelection.setState({ listing: !listing });
  };
  return (
    <button type="button" className="phone-pick" aria-pressed={listing} onClick={turn}>
      {listing ? "结束多选" : "多选"}
    </button>
  );
}

/** Is the row chosen? Repeated by shape, for the row itself is the button. */
export function PickMark({ feature }: { feature: number }) {
  const chosen = useSelection((s) => s.picked.has(feature));
  const Icon = chosen ? IconSquareCheckFilled : IconSquare;
  return (
    <>
      <Icon
        size={22}
        stroke={1.75}
        className="phone-pick-mark"
        data-chosen={chosen || undefined}
        aria-hidden="true"
      />
      <span className="out-of-sight">{chosen ? "已选" : "没有选"}</span>
    </>
  );
}

export function togglePicked(feature: number): void {
  void import("./picking.ts").then(({ toggle }) => toggle([feature]));
}

/** What is chosen in the hand, and the one thing that is done with it there; a table wants a wider screen. */
export function PhonePickBar() {
  const { picked, listing, acting, note } = useSelection();
  useBulkBack();
  if (acting === "bulk")
    // Over everything, the search box too: the sheet it is opened from is a layer of its own.
    return createPortal(
      <div className="phone-bulk">
        <Suspense fallback={null}>
          <BulkPanel />
        </Suspense>
      </div>,
      document.body,
    );
  if (!listing) return null;
  const own = [...picked.values()].filter(({ may }) => may).length;
  return (
    <>
      <div className="phone-pick-space" />
      <section className="phone-pick-bar" aria-label="选择">
        <p role="status">
          已选 <b className="figure">{number(picked.size)}</b> 处
          {own < picked.size && <span className="quiet">，{number(picked.size - own)} 处你不能改</span>}
          {note && <span className="phone-pick-note">{note}</span>}
        </p>
        {picked.size > 0 && (
          <button type="button" className="phone-pick" onClick={clearSelection}>
            清空
          </button>
        )}
        <button
          type="button"
          className="phone-pick-go"
          disabled={own === 0}
          onClick={() => useSelection.setState({ acting: "bulk" })}
        >
          <IconForms size={19} stroke={1.75} aria-hidden="true" /> 批量修改
        </button>
      </section>
    </>
  );
}
