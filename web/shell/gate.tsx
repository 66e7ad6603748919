import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useLiveAnswers } from "../api/live.ts";
import { useSession } from "../api/session.ts";
import { startOutbox } from "../outbox/api.ts";
import { OutboxDoor } from "../outbox/indicator.tsx";

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

function SignedIn() {
  useLiveAnswers();
  useEffect(startOutbox, []);
  return (
    <>
      <Outlet />
      <OutboxDoor />
    </>
  );
}
