import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { useLiveAnswers } from "../api/live.ts";
import { useSession } from "../api/session.ts";
import { whenOutboxIsWanted } from "../outbox/api.ts";
import { part } from "./part.ts";

/** Holds the live connection of a signed-in tab, and leads to sign-in when the session ends under an open page. */
export function Gate() {
  const session = useSession((s) => s.session);
  const expired = useSession((s) => s.expired);
  const here = useRouterState({ select: (s) => s.location.href });
  const navigate = useNavigate();
  useEffect(() => {
    // While it leads there the address changes under it: the way back is the page it left, not the sign-in page.
    if (expired && !here.startsWith("/signin"))
      void navigate({ to: "/signin", search: { next: here }, replace: true });
  }, [expired, here, navigate]);
  return session ? <SignedIn key={session.who.account} /> : null;
}

const Later = part(() => import("./later.tsx").then((m) => m.Later));

/** The first page is drawn by then. */
const drawnMs = 6000;

function SignedIn() {
  useLiveAnswers();
  const [later, setLater] = useState(false);
  useEffect(() => {
    const begin = () => setLater(true);
    const timer = window.setTimeout(begin, drawnMs);
    const stop = whenOutboxIsWanted(begin);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <>
      <Outlet />
      {later && (
        <Suspense fallback={null}>
          <Later />
        </Suspense>
      )}
    </>
  );
}
