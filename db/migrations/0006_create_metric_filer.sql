-- Who reports (填报) a metric or one of its parts: its leads, and whoever the plan names instead of them.
create table metric_filer (
  metric text not null, -- code, or code of a part
  unit text not null references unit,
  primary key (metric, unit)
);
grant select on metric_filer to guatu_app;
