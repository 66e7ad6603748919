-- A later record of the same measurement replaces the earlier one in K; neither is rewritten.
create or replace function guard_observation() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  r role_right;
  f feature;
begin
  select * into r from role_right where role = c.role;
  select * into f from feature where id = NEW.point;
  if not found or f.deleted_seq is not null then
    raise exception using errcode = 'GU404', message = '没有这个监测点。';
  end if;
  if not (r.edit and (r.everywhere or leads_layer(c.unit, f.layer_no)
      or coalesce(f.duty = c.town, false)
      or coalesce(f.town = c.town, false) and (select l.town_writable from layer l where l.no = f.layer_no))) then
    raise exception using errcode = 'GU403', message = '这个监测点不归你的单位填报。';
  end if;
  if NEW.taken_at > c.at then
    raise exception using errcode = 'GU422', detail = 'takenAt', message = '监测时间晚于现在，请核对。';
  end if;
  NEW.kfrom := c.seq;
  NEW.kto := 9223372036854775807;
  update observation o set kto = c.seq
   where o.point = NEW.point and o.parameter = NEW.parameter and o.taken_at = NEW.taken_at
     and o.kto = 9223372036854775807;
  insert into change (seq, kind, id, layer_no, op, before, after)
    values (c.seq, 'observation', f.id, f.layer_no, 'observe', box_of(f.geom), box_of(f.geom))
    on conflict do nothing;
  return NEW;
end $$;

create or replace function guard_report() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  r role_right;
begin
  select * into r from role_right where role = c.role;
  if not (r.edit and (r.everywhere or NEW.unit = c.unit)) then
    raise exception using errcode = 'GU403', message = '填报只能由本单位或专班提交。';
  end if;
  -- Units add up in a metric's value: whoever is not asked to file it would change the district's number.
  if not (r.everywhere or exists (select from metric_filer f where f.metric = NEW.metric and f.unit = c.unit)) then
    raise exception using errcode = 'GU403', message = format('指标 %s 不由你的单位填报，请联系牵头单位或专班。', NEW.metric);
  end if;
  if NEW.at > c.at then
    raise exception using errcode = 'GU422', detail = 'at', message = '填报的时点晚于现在，请核对。';
  end if;
  NEW.kfrom := c.seq;
  NEW.kto := 9223372036854775807;
  update metric_report m set kto = c.seq
   where m.metric = NEW.metric and m.unit = NEW.unit and m.period = NEW.period and m.kto = 9223372036854775807;
  insert into change (seq, kind, id, layer_no, op, before, after)
    values (c.seq, 'report', NEW.id, null, 'report', null, null);
  return NEW;
end $$;

drop trigger if exists guard on observation;
create trigger guard before insert on observation for each row execute function guard_observation();
drop trigger if exists guard on metric_report;
create trigger guard before insert on metric_report for each row execute function guard_report();
