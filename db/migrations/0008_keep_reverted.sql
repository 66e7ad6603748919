-- Which changesets a revert took back: an afternoon is several.
create table reverted (
  seq bigint not null references changeset,
  by bigint not null references changeset,
  primary key (seq, by),
  check (seq < by)
);
create index reverted_by on reverted (by);
grant select on reverted to guatu_app;
