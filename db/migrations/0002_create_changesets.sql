-- Who writes, and in which order (core design §3, §4).
create table account (
  id bigint generated always as identity primary key,
  login text not null unique,
  name text not null,
  unit text not null references unit,
  role text not null references role_right,
  password_hash text,
  demo boolean not null default false,
  disabled_at timestamptz,
  failed int not null default 0,
  locked_until timestamptz
);

create table session (
  token_hash bytea primary key,
  id bigint generated always as identity unique,
  account_id bigint not null references account,
  kind text not null check (kind in ('web', 'token')),
  name text,
  csrf text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_seen_at timestamptz not null default now()
);
create index session_account on session (account_id);

-- Instants are whole milliseconds, so that no reader loses part of one; see open_changeset.
create table feed_head (
  one boolean primary key default true check (one),
  seq bigint not null,
  at timestamptz not null
);
insert into feed_head (seq, at) values (0, '2000-01-01T00:00:00Z');

-- role, unit and town are those the account had when it wrote.
create table changeset (
  seq bigint primary key,
  xid xid8 not null default pg_current_xact_id(),
  account_id bigint not null references account,
  unit text not null references unit,
  role text not null references role_right,
  town text references town,
  kind text not null,
  batch uuid,
  reverts bigint references changeset,
  reason text,
  at timestamptz not null
);
create index changeset_at on changeset (at);
create index changeset_account on changeset (account_id, seq);
create index changeset_batch on changeset (batch) where batch is not null;

create table idempotency (
  account_id bigint not null references account,
  key uuid not null,
  body_sha256 bytea not null,
  seq bigint not null references changeset,
  status int not null,
  reply jsonb not null,
  at timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_at on idempotency (at);

-- What the feed says: what changed and where, never the value.
create table change (
  seq bigint not null references changeset,
  kind text not null check (kind in ('feature', 'task', 'observation', 'report')),
  id bigint not null,
  layer_no smallint references layer,
  op text not null,
  before float8[],
  after float8[],
  primary key (seq, kind, id)
);
create index change_of on change (kind, id, seq);
