import { IconLink, IconRulerMeasure, IconTextSize } from "@tabler/icons-react";
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { Dropdown, message } from "antd";
import { Suspense } from "react";
import { roleName, roleRights } from "#data/domain/account.ts";
import { orgName } from "#data/programme/units.ts";
import { queryClient } from "../api/queries.ts";
import { useSession, useWho } from "../api/session.ts";
import { endSession } from "../api/signing-out.ts";
import { parseMapSearch } from "../map/search-params.ts";
import { useMapUi } from "../map/ui-state.ts";
import { openOutbox, useOutbox } from "../outbox/state.ts";
import { SearchBox } from "../search/box.tsx";
import { copyText } from "../ui/clipboard.ts";
import { forgetAnswers } from "./answers.ts";
import { Mark } from "./mark.tsx";
import { part } from "./part.ts";
import { usePreferences } from "./preferences.ts";

const BordersLink = part(() => import("../proposals/badge.tsx").then((m) => m.BordersLink));

/** Product bar: who, which year, where to, and whether the past is being looked at. */
export function Bar() {
  const { who, year, demo } = useWho();
  const waiting = useOutbox((s) => s.entries.length);
  const stopped = useOutbox((s) => s.entries.filter(({ state }) => state !== "waiting").length);
  const location = useRouterState({ select: (s) => s.location });
  const onMap = location.pathname === "/";
  const search = parseMapSearch(location.search as Record<string, unknown>);
  const asOf = { at: search.at, known: search.known };
  return (
    <header className={search.at ? "bar past" : "bar"}>
      <Link to="/" className="bar-brand" aria-label="青浦挂图，回到地图">
        <Mark />
        <span>青浦挂图</span>
      </Link>
      <span className="bar-year">{year} 年度</span>
      <div className="bar-search">
        <SearchBox asOf={asOf} />
      </div>
      <nav className="bar-nav" aria-label="主导航">
        <Link to="/" search={onMap ? search : asOf} activeOptions={{ exact: true, includeSearch: false }}>
          地图
        </Link>
        <Link to="/programme" search={compact(asOf)}>
          任务
        </Link>
        <Link to="/screen">大屏</Link>
        {roleRights[who.role].edit && (
          <Suspense fallback={null}>
            <BordersLink />
          </Suspense>
        )}
      </nav>
      <span className="bar-gap" />
      {search.at && <PastNote at={search.at} known={search.known} />}
      {demo && <span className="tag-demo">演示数据</span>}
      {waiting > 0 && (
        <button
          type="button"
          className="outbox-button"
          data-stopped={stopped > 0 || undefined}
          onClick={openOutbox}
        >
          {stopped > 0 ? `${stopped} 项没发出去` : `${waiting} 项待发`}
        </button>
      )}
      <Tools onMap={onMap} />
      <AccountMenu />
    </header>
  );
}

const compact = (asOf: { at?: string; known?: string }): Record<string, string> =>
  Object.fromEntries(Object.entries(asOf).filter((pair): pair is [string, string] => pair[1] !== undefined));

function PastNote({ at, known }: { at: string; known?: string }) {
  const navigate = useNavigate();
  const back = () =>
    void navigate({
      to: ".",
      search: (old: Record<string, unknown>) => ({ ...old, at: undefined, known: undefined }),
    });
  return (
    <span className="bar-past" role="status">
      <span>
        正在看 <b className="figure">{at}</b>
        {known && <span className="quiet">（按当时所知）</span>}
      </span>
      <button type="button" className="link-button" onClick={back}>
        回到今天
      </button>
    </span>
  );
}

function Tools({ onMap }: { onMap: boolean }) {
  const measuring = useMapUi((s) => s.measuring);
  const measure = useMapUi((s) => s.measure);
  const { large, toggleLarge } = usePreferences();
  const [toast, holder] = message.useMessage();
  const copy = async () => {
    const done = await copyText(window.location.href);
    const content = done ? "链接已复制，打开就是现在这个样子" : "浏览器不让复制，请从地址栏复制链接";
    void toast.open({ content, duration: 4 });
  };
  return (
    <div className="bar-tools">
      {holder}
      {onMap && (
        <button
          type="button"
          className="icon-button"
          title="量距离和面积"
          aria-label="量距离和面积"
          aria-pressed={measuring !== null}
          onClick={() => measure(measuring ? null : "line")}
        >
          <IconRulerMeasure size={20} stroke={1.75} />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        title="复制链接"
        aria-label="复制链接"
        onClick={() => void copy()}
      >
        <IconLink size={20} stroke={1.75} />
      </button>
      <button
        type="button"
        className="icon-button"
        title="大字模式"
        aria-label="大字模式"
        aria-pressed={large}
        onClick={toggleLarge}
      >
        <IconTextSize size={20} stroke={1.75} />
      </button>
    </div>
  );
}

export function AccountMenu() {
  const { who } = useWho();
  const navigate = useNavigate();
  const waiting = useOutbox((s) => s.entries.length);
  const signOut = async () => {
    await endSession();
    await forgetAnswers();
    queryClient.clear();
    useSession.getState().set(null);
    await navigate({ to: "/signin" });
  };
  const items = [
    { key: "who", label: `${who.unitName} · ${roleName[who.role]} · ${who.account}`, disabled: true },
    ...(roleRights[who.role].edit
      ? [{ key: "borders", label: "镇界：会签和属地", onClick: () => void navigate({ to: "/borders" }) }]
      : []),
    {
      key: "out",
      label:
        waiting > 0 ? (
          <>
            退出登录
            <br />
            <span className="quiet">还有 {waiting} 项没发，下次用这个账号登录后继续发</span>
          </>
        ) : (
          "退出登录"
        ),
      onClick: () => void signOut(),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <button type="button" className="bar-account">
        <span className="out-of-sight">账号：</span>
        <span className="bar-face" aria-hidden="true">
          {orgName(who.unit).slice(0, 1)}
        </span>
        <span className="bar-unit">{who.unitName}</span>
        <span className="out-of-sight"> {who.name}</span>
      </button>
    </Dropdown>
  );
}
