-- Photos as evidence of a task (整治前 / 整治后). The files lie outside the database under their hash; here stands whose
-- evidence they are, and what was read from them when they were filed. A photo is filed once and taken down once.
create table photo (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  feature_id bigint not null references feature,
  target_id int not null references target,
  phase text not null check (phase in ('before', 'after')),
  sha256 bytea not null check (octet_length(sha256) = 32),
  width int not null check (width > 0),
  height int not null check (height > 0),
  bytes int not null check (bytes > 0),
  taken_at timestamptz,
  -- Where it was taken, as read (WGS84), and where that is if the phone wrote GCJ-02 instead.
  position geometry(Point, 4326),
  as_gcj geometry(Point, 4326),
  position_from text check (position_from in ('exif', 'device')),
  -- Metres to the geometry of the moment it was filed; 0 inside.
  distance_m float8,
  distance_gcj_m float8,
  unit text not null references unit,
  account_id bigint not null references account,
  seq bigint not null references changeset,
  removed_seq bigint references changeset,
  check ((position is null) = (position_from is null) and (position is null) = (distance_m is null)),
  check (removed_seq > seq)
);
create index photo_of on photo (feature_id, target_id, id);
-- The same picture is no second piece of evidence of one task.
create unique index photo_once on photo (feature_id, target_id, sha256) where removed_seq is null;

alter table change drop constraint change_kind_check;
alter table change add constraint change_kind_check
  check (kind in ('feature', 'task', 'observation', 'report', 'photo'));

grant select on photo to guatu_app;
grant insert (uid, feature_id, target_id, phase, sha256, width, height, bytes, taken_at, position, as_gcj, position_from)
  on photo to guatu_app;
grant update (removed_seq) on photo to guatu_app;
