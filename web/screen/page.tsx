import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { dayOfInstant } from "#data/domain/time.ts";
import { useWho } from "../api/session.ts";
import { standAlone } from "../shell/installed.ts";
import { stoppedSince, useWallAnswers } from "./answers.ts";
import { productNow, shanghaiTime } from "./clock.ts";
import { conclude } from "./conclusion.ts";
import { fitStage } from "./fit.ts";
import { keepSession, localShelf } from "./kept.ts";
import { kpisOf } from "./kpis.ts";
import { District } from "./map/district.tsx";
import { Campaigns, Counts } from "./panels/campaigns.tsx";
import { Guard } from "./panels/guard.tsx";
import { Header } from "./panels/header.tsx";
import { Kpis } from "./panels/kpis.tsx";
import { Ticker } from "./panels/ticker.tsx";
import { Towns } from "./panels/towns.tsx";
import { useMinute } from "./ticking.ts";
// One cascade: the colours of states go over the panels, and the wide wall over all of them.
import "./stage.css";
import "./panels/campaigns.css";
import "./map/district.css";
import "./panels/towns.css";
import "./panels/kpis.css";
import "./panels/ticker.css";
import "./states.css";
import "./wide.css";

/** 大屏: one dark stage, scaled to whatever wall it hangs on. */
export function ScreenPage() {
  const fit = useFit();
  const { demo } = useWho();
  const answers = useWallAnswers();
  const now = useMinute(answers.anchor);
  useEscape();
  useStanding();
  const stoppedAt = stoppedSince(answers, now);
  const since = shanghaiTime(productNow(answers.anchor, answers.seen || now)).time;
  const { programme: answer, recent, anchor } = answers;
  const map = mapSize(fit.layout, fit.width);
  const guarded = { since, answer };
  return (
    <div className="wall" data-theme="dark">
      <main
        className={`wall-stage is-${fit.layout}`}
        style={{
          width: fit.width,
          height: fit.height,
          transform: `translate(${fit.left}px, ${fit.top}px) scale(${fit.scale})`,
        }}
      >
        <Header anchor={anchor} now={now} stoppedAt={stoppedAt} />
        {answer ? (
          <>
            <Guard title="结论" last="" {...guarded}>
              <Sentences answer={answer} />
            </Guard>
            <Guard title="目标任务" last={`${answer.targets.length} 项`} {...guarded}>
              <Counts answer={answer} />
            </Guard>
            <Guard title="十大专项行动" last="" {...guarded}>
              <Campaigns answer={answer} />
            </Guard>
            <Guard title="全区" last="" {...guarded}>
              <District answer={answer} {...map} scale={fit.scale} />
            </Guard>
            <Guard title="镇街亮灯" last={`${answer.towns.length} 个镇街`} {...guarded}>
              <Towns answer={answer} />
            </Guard>
            <Guard
              title="关键数"
              last={kpisOf(answer)
                .map(({ name, value }) => `${name} ${value}`)
                .join("　")}
              {...guarded}
            >
              <Kpis answer={answer} />
            </Guard>
          </>
        ) : (
          <p className="wall-waiting" role="status">
            {answers.broken ? "还没有连上服务器，连上后自动显示，不用刷新。" : "正在取数"}
          </p>
        )}
        <p className="wall-furniture">
          {demo && <span>演示数据</span>}
          <span>内部资料</span>
          <span>示意图</span>
          <span>不作为划界依据</span>
          <span>© OpenStreetMap</span>
        </p>
        <Guard title="刚刚" last="" since={since} answer={recent}>
          <Ticker recent={recent} today={dayOfInstant(productNow(anchor, now))} />
        </Guard>
      </main>
    </div>
  );
}

function Sentences({ answer }: { answer: Parameters<typeof conclude>[0] }) {
  const { counts, late, question } = conclude(answer);
  return (
    <section className="wall-conclusion" aria-label="结论">
      <p>{unbroken(counts)}</p>
      {late && <p className="is-late">{unbroken(late)}</p>}
      {question && <p className="wall-question">{unbroken(question)}</p>}
    </section>
  );
}

/** Lines break at punctuation, not between a number and its unit. */
const unbroken = (text: string): string => text.replaceAll(" ", "\u00a0");

/** Stage px of the map; what the window is wider than the stage is the map's. */
const mapSize = (layout: "normal" | "wide", stage: number) =>
  layout === "normal" ? { width: stage - 1990, height: 1440 } : { width: stage - 2660, height: 870 };

const measure = () => fitStage(window.innerWidth, window.innerHeight);

/** The window's size, as long as the wall hangs there. */
function useFit() {
  const [fit, setFit] = useState(measure);
  useEffect(() => {
    const again = () => setFit(measure());
    window.addEventListener("resize", again);
    return () => window.removeEventListener("resize", again);
  }, []);
  return fit;
}

/** Esc leads back to the map. */
function useEscape(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent) => {
      if (key === "Escape") void navigate({ to: "/" });
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [navigate]);
}

/** Late enough that the map's drawing library has come too. */
const drawnMs = 20_000;

/** What a wall needs to come up again by itself: who it is, and the page's own files. */
function useStanding(): void {
  const session = useWho();
  useEffect(() => {
    if (session.csrf !== "") keepSession(localShelf(), session);
  }, [session]);
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = window.setTimeout(() => {
      stop = standAlone({ wall: true });
    }, drawnMs);
    return () => {
      window.clearTimeout(timer);
      stop?.();
    };
  }, []);
}
