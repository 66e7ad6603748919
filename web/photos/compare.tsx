import { useState } from "react";

/** Two pictures over each other; the line between them goes where the pointer drags it, or by the arrow keys. */
export function Compare({ before, after }: { before: string; after: string }) {
  const [at, setAt] = useState(50);
  return (
    <div className="compare">
      <img src={after} alt="整治后" draggable={false} />
      <img src={before} alt="整治前" draggable={false} style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }} />
      <span className="compare-name left">整治前</span>
      <span className="compare-name right">整治后</span>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={at}
        aria-label="整治前后的分界"
        aria-valuetext={`左边 ${at}% 是整治前`}
        onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
      />
      <i className="compare-line" style={{ left: `${at}%` }} />
    </div>
  );
}
