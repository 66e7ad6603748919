-- Places and their two time axes (core design §2): V is vfrom/vto, K is kfrom/kto.
create table feature (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  layer_no smallint not null references layer,
  version int not null,
  schema_v smallint not null default 1,
  attrs jsonb not null check (jsonb_typeof(attrs) = 'object'),
  geom geometry(Geometry, 4326) not null
    check (ST_IsValid(geom) and not ST_IsEmpty(geom) and ST_NPoints(geom) <= 20000),
  town text references town,
  shares jsonb not null,
  duty text references town,
  name text generated always as (attrs ->> 'name') stored,
  pinyin text not null default '',
  deleted_seq bigint references changeset,
  claimed timestamptz -- device time of the last edit; a claim, see keep_feature
);
create index feature_live on feature using gist (layer_no, geom) where deleted_seq is null;
create index feature_order on feature (layer_no, pinyin, id) where deleted_seq is null;
create index feature_town on feature (town) where deleted_seq is null;

create table feature_version (
  feature_id bigint not null references feature,
  version int not null,
  op text not null check (op in ('create', 'patch', 'delete', 'restore', 'correct')),
  layer_no smallint not null,
  schema_v smallint not null,
  attrs jsonb not null,
  geom geometry(Geometry, 4326) not null,
  town text,
  shares jsonb not null,
  duty text,
  vfrom timestamptz not null,
  vto timestamptz not null default 'infinity',
  kfrom bigint not null references changeset,
  kto bigint not null default 9223372036854775807,
  primary key (feature_id, kfrom, vfrom),
  check (vfrom < vto and kfrom < kto),
  exclude using gist (feature_id with =, tstzrange(vfrom, vto) with &&, int8range(kfrom, kto) with &&)
);
create index feature_version_place on feature_version using gist (layer_no, geom, tstzrange(vfrom, vto));
create unique index feature_version_open on feature_version (feature_id)
  where vto = 'infinity' and kto = 9223372036854775807;
create index feature_version_known on feature_version (kfrom);

create table observation (
  point bigint not null references feature,
  taken_at timestamptz not null,
  parameter text not null,
  value double precision not null,
  kfrom bigint not null references changeset,
  kto bigint not null default 9223372036854775807,
  primary key (point, taken_at, parameter, kfrom),
  check (kfrom < kto)
);
create unique index observation_open on observation (point, parameter, taken_at)
  where kto = 9223372036854775807;

create table metric_report (
  id bigint generated always as identity primary key,
  metric text not null,
  unit text not null references unit,
  period text not null,
  value numeric not null,
  of numeric,
  at timestamptz not null,
  note text,
  kfrom bigint not null references changeset,
  kto bigint not null default 9223372036854775807,
  check (kfrom < kto),
  unique (metric, unit, period, kfrom)
);
create unique index metric_report_open on metric_report (metric, unit, period)
  where kto = 9223372036854775807;
