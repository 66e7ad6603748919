import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import type { Who } from "#data/domain/account.ts";
import type { SessionAnswer } from "#data/domain/wire/session.ts";
import { send } from "../api/client.ts";
import { useDemoAccounts } from "../api/demo.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { forgetAnswers } from "../shell/answers.ts";
import { Mark } from "../shell/mark.tsx";
import { ErrorNote } from "../shell/page-states.tsx";
import { groupDemoAccounts, landingOf } from "./landing.ts";
import "./page.css";

interface Credentials {
  readonly account: string;
  readonly password: string;
}

export function SignInPage() {
  const { next } = useSearch({ from: "/signin" });
  const expired = useSession((s) => s.expired);
  const navigate = useNavigate();
  const router = useRouter();
  const demo = useDemoAccounts();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const enter = async ({ account, password }: Credentials) => {
    setBusy(account);
    setError(null);
    try {
      const session = await send<SessionAnswer>("/api/session", {
        method: "POST",
        body: { account, password },
      });
      await forgetAnswers();
      queryClient.clear();
      useSession.getState().set(session);
      if (next) router.history.push(next);
      else await navigate(landingOf(session.who));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(null);
    }
  };

  return (
    <main className="signin">
      <section className="signin-card card">
        <header className="signin-head">
          <Mark size={44} />
          <div>
            <h1>青浦挂图</h1>
            <p className="quiet">青浦区城市精细化管理提升工程</p>
          </div>
        </header>
        <p className="signin-secrecy">非涉密系统 严禁录入涉密信息</p>
        {expired && next && <p className="signin-note">登录已过期。重新登录后回到刚才的页面。</p>}
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => void enter(values)}>
          <Form.Item name="account" label="账号" rules={[{ required: true, message: "请填账号" }]}>
            <Input autoComplete="username" autoFocus size="large" />
          </Form.Item>
          <Form.Item name="password" label="口令" rules={[{ required: true, message: "请填口令" }]}>
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          {error !== null && <ErrorNote error={error} />}
          <Button type="primary" htmlType="submit" size="large" block loading={busy !== null}>
            登录
          </Button>
        </Form>
      </section>
      {demo.data?.password && (
        <DemoRoles
          accounts={demo.data.accounts}
          busy={busy}
          onPick={(who) => void enter({ account: who.account, password: demo.data.password ?? "" })}
        />
      )}
    </main>
  );
}

interface DemoRolesProps {
  readonly accounts: readonly Who[];
  readonly busy: string | null;
  readonly onPick: (who: Who) => void;
}

function DemoRoles({ accounts, busy, onPick }: DemoRolesProps) {
  return (
    <section className="signin-demo" aria-label="演示账号">
      <h2>
        <span className="tag-demo">演示数据</span> 点一个身份直接进入
      </h2>
      {groupDemoAccounts(accounts).map((group) => (
        <div key={group.name} className="signin-group">
          <h3 className="quiet">{group.name}</h3>
          <div className="signin-roles">
            {group.accounts.map(({ who, label }) => (
              <button
                key={who.account}
                type="button"
                disabled={busy !== null}
                onClick={() => onPick(who)}
                title={`账号 ${who.account}`}
              >
                {label}
                {who.role === "reviewer" && <span className="quiet"> 审核</span>}
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}
