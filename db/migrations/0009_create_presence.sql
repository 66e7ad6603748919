-- Who has a feature open now. It lives in the database because several processes share it, and it may be lost with a crash:
-- every tab says again within seconds that it is there.
create unlogged table presence (
  tab uuid primary key,
  session_id bigint not null references session (id) on delete cascade,
  account_id bigint not null references account,
  feature_id bigint not null references feature on delete cascade,
  mode text not null check (mode in ('editing', 'viewing')),
  since timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index presence_session on presence (session_id);
grant select (tab, account_id, feature_id, mode, since, seen_at) on presence to guatu_app;
