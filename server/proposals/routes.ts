import { type Context, Hono } from "hono";
import { type ProposalStep, proposalSteps } from "#data/domain/proposal.ts";
import type { ProposalsAnswer } from "#data/domain/proposal-answers.ts";
import { proposalBody, proposalStepBody } from "#data/domain/proposal-body.ts";
import { propose, stepProposal } from "#db/proposals.ts";
import { keyOf, told } from "../changes/act.ts";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { Problem } from "../http/problem.ts";
import { idParam, readBody } from "../http/validate.ts";
import { proposals, proposalView } from "./queries.ts";

const readingOf = (deps: Deps, c: Context<AppEnv>) => ({
  who: c.var.who,
  account: c.var.session.account,
  now: deps.clock.now(),
});

/** 跨镇会签: cross-town changes that wait for every town they touch. */
export const proposalRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .get("/api/proposals", async (c) => {
      const rows = await proposals(deps.db, readingOf(deps, c));
      const answer: ProposalsAnswer = { rows, asked: rows.filter(({ asked }) => asked).length };
      return c.json(answer);
    })
    .get("/api/proposals/:id", async (c) => {
      const id = idParam(c);
      const view = await proposalView(deps.db, readingOf(deps, c), id);
      if (!view)
        throw new Problem("not-found", { detail: `没有编号为 ${id} 的会签，或者它不涉及你的单位。` });
      c.header("cache-control", "private, no-cache");
      return c.json(view);
    })
    .post("/api/proposals", allow("edit"), async (c) => {
      const body = await readBody(c, proposalBody);
      const { tokenHash: token } = c.var.session;
      const { reply } = told(
        c,
        await propose(deps.db, { token, body, key: keyOf(c), clock: deps.clock.now() }),
      );
      c.header("location", `/api/proposals/${reply.results[0]?.id}`);
      return c.json(reply, 201);
    })
    .post("/api/proposals/:id/:step", allow("edit"), async (c) => {
      const id = idParam(c);
      const step = c.req.param("step");
      if (!isStep(step))
        throw new Problem("not-found", {
          detail: `没有“${step.slice(0, 20)}”这一步；可以走的步骤是 ${proposalSteps.join("、")}。`,
          errors: [{ at: "step", message: `应为 ${proposalSteps.join("、")}` }],
        });
      const { reason, round } = await readBody(c, proposalStepBody);
      if (step === "agree" && round === undefined)
        throw new Problem("invalid", {
          detail: "同意要写明看的是第几轮（round），以免中途改过的内容没看就同意了。",
          errors: [{ at: "round", message: "缺少这一项，请补上" }],
        });
      const { tokenHash: token } = c.var.session;
      const { reply } = told(
        c,
        await stepProposal(deps.db, {
          token,
          id,
          step,
          reason,
          round,
          key: keyOf(c),
          clock: deps.clock.now(),
        }),
      );
      return c.json(reply);
    });

const isStep = (text: string): text is ProposalStep => (proposalSteps as readonly string[]).includes(text);
