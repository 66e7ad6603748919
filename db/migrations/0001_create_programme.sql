-- What the district is: rows that migrate writes from data/ and nobody edits by hand.
create extension if not exists postgis;
create extension if not exists btree_gist;

do $$
begin
  create role guatu_app nologin;
exception when duplicate_object or unique_violation then
  null; -- roles belong to the cluster: another database has made it
end $$;

-- The app's pool starts as the owner's login with role=guatu_app.
do $$
begin
  if not pg_has_role(current_user, 'guatu_app', 'member') then
    execute format('grant guatu_app to %I', current_user);
  end if;
end $$;

create table role_right (
  role text primary key,
  edit boolean not null,
  verify boolean not null,
  everywhere boolean not null,
  manage boolean not null
);

create table town (
  code text primary key,
  id text not null unique,
  name text not null,
  short text not null
);

create table town_border (
  code text not null references town,
  vfrom timestamptz not null default '-infinity',
  vto timestamptz not null default 'infinity',
  geom geometry(MultiPolygon, 4326) not null check (ST_IsValid(geom)),
  primary key (code, vfrom),
  check (vfrom < vto),
  exclude using gist (code with =, tstzrange(vfrom, vto) with &&)
);
create index town_border_geom on town_border using gist (geom);

-- Units of the plan, and the towns as units: an account belongs to one of them.
create table unit (
  id text primary key,
  name text not null,
  short text not null,
  kind text not null,
  town text unique references town
);

create table layer (
  no smallint primary key,
  id text not null unique,
  name text not null,
  geometry_types text[] not null,
  town_writable boolean not null,
  sensitivity text not null,
  fields jsonb not null,
  retired_at timestamptz
);

create table target (
  id int primary key, -- year * 100 + no
  year int not null,
  no int not null,
  campaign int not null,
  short text not null,
  text text not null,
  from_target int references target,
  unique (year, no)
);

create table target_unit (
  target_id int not null references target,
  unit text not null references unit,
  lead boolean not null,
  place int not null,
  primary key (target_id, unit, lead)
);

create table layer_target (
  layer_no smallint not null references layer,
  target_id int not null references target,
  primary key (layer_no, target_id)
);

create table task_state (
  state text primary key,
  code smallint not null unique
);

-- Which state may follow which within one changeset; `verify` when every way there holds a step of the verifier.
create table task_move (
  from_state text not null references task_state,
  to_state text not null references task_state,
  verify boolean not null,
  primary key (from_state, to_state)
);
