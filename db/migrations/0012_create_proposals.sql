-- 跨镇会签: a stored list of edits that is applied when every town it touches has agreed. The states and the ways between them
-- are written by migrate from data/domain/proposal.ts.
create table proposal_state (state text primary key);
create table proposal_move (
  from_state text not null references proposal_state,
  step text not null,
  to_state text not null references proposal_state,
  primary key (from_state, step)
);

create table proposal (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  account_id bigint not null references account,
  unit text not null references unit,
  town text not null references town,
  state text not null references proposal_state,
  -- Renewed proposals are signed anew.
  round int not null default 1,
  -- As they were sent, for applying them by the one write path.
  ops jsonb not null,
  reason text not null,
  -- Whose agreement it needs: the towns of the old and the new shapes and their 责任属地.
  towns text[] not null,
  expires_at timestamptz not null,
  applied_seq bigint unique references changeset,
  -- Set only in a part of a transaction that is rolled back; see forbid_rehearsal.
  rehearsed_seq bigint references changeset
);
create index proposal_open on proposal (id) where state = 'collecting';

-- What each place is to become. It is what the towns sign, and the guard lets pass nothing else.
create table proposal_place (
  proposal_id bigint not null references proposal,
  uid uuid not null,
  layer_no smallint not null references layer,
  base int not null, -- version it builds on, 0 for a new place
  attrs jsonb not null,
  geom geometry(Geometry, 4326) not null,
  deleted boolean not null,
  primary key (proposal_id, uid)
);
create index proposal_place_uid on proposal_place (uid);

-- Who proposed, agreed, refused, withdrew, each in a changeset of its own; the reason is the changeset's.
create table proposal_deed (
  seq bigint primary key references changeset,
  proposal_id bigint not null references proposal,
  round int not null,
  step text not null,
  town text not null references town
);
create index proposal_deed_of on proposal_deed (proposal_id, seq);

alter table change drop constraint change_kind_check;
alter table change add constraint change_kind_check
  check (kind in ('feature', 'task', 'observation', 'report', 'photo', 'proposal'));

grant select on proposal_state, proposal_move, proposal, proposal_place, proposal_deed to guatu_app;
