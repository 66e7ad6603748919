import { useSyncExternalStore } from "react";

const watch = (changed: () => void) => {
  const signs = ["online", "offline"];
  for (const sign of signs) window.addEventListener(sign, changed);
  return () => {
    for (const sign of signs) window.removeEventListener(sign, changed);
  };
};

/** Does the machine have a line at all? */
export const useLine = (): boolean => useSyncExternalStore(watch, () => navigator.onLine);

/** What is signed must be what stands now: this is the one thing that does not wait in the outbox. */
export const LineWanted = () => (
  <p className="proposal-line" role="alert">
    网络断了。会签签的是现在这一版，要连着网办，不进待发箱；写好的留在这里，连上后再按。
  </p>
);
