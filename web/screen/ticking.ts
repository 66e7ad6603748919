import { useEffect, useState } from "react";
import { type Anchor, productNow, untilNextMinute } from "./clock.ts";

/** This machine's clock in ms, told anew with every minute of the product's. */
export function useMinute(anchor: Anchor): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    let timer = 0;
    const wait = () => {
      timer = window.setTimeout(
        () => {
          setNow(Date.now());
          wait();
        },
        untilNextMinute(productNow(anchor, Date.now())) + 20,
      );
    };
    wait();
    return () => window.clearTimeout(timer);
  }, [anchor]);
  return now;
}
