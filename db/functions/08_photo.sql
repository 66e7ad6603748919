-- Evidence is filed and taken down by whoever handles the place; it is never changed, and its distance is measured here.
create or replace function guard_photo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  r role_right;
  f feature;
begin
  select * into r from role_right where role = c.role;
  select * into f from feature where id = NEW.feature_id;
  if not found or f.deleted_seq is not null then
    raise exception using errcode = 'GU404', message = '没有这一处，它可能已被删除。';
  end if;
  if not (r.edit and (r.everywhere or leads_layer(c.unit, f.layer_no)
      or coalesce(f.duty = c.town, false)
      or coalesce(f.town = c.town, false) and (select l.town_writable from layer l where l.no = f.layer_no))) then
    raise exception using errcode = 'GU403', message = '这一处不归你的单位办理，不能增减它的照片。';
  end if;
  if TG_OP = 'INSERT' then
    if not exists (select from task t where t.feature_id = f.id and t.target_id = NEW.target_id) then
      raise exception using errcode = 'GU404', message = '这一处没有这项任务，请刷新后再看。';
    end if;
    NEW.seq := c.seq;
    NEW.unit := c.unit;
    NEW.account_id := c.account_id;
    NEW.removed_seq := null;
    NEW.distance_m := ST_Distance(NEW.position::geography, f.geom::geography);
    NEW.distance_gcj_m := ST_Distance(NEW.as_gcj::geography, f.geom::geography);
  else
    if OLD.removed_seq is not null then
      raise exception using errcode = 'GU404', message = '这张照片已经撤下了，请刷新后再看。';
    end if;
    if coalesce(c.reason, '') = '' then
      raise exception using errcode = 'GU422', detail = 'reason', message = '撤下照片要写明原因。';
    end if;
    if not r.everywhere and exists (select from task t where t.feature_id = OLD.feature_id
         and t.target_id = OLD.target_id and t.state = 'closed') then
      raise exception using errcode = 'GU409', message = '任务已经销项，照片是销项的依据，不能撤下；要撤请先重新打开任务。';
    end if;
    NEW := OLD;
    NEW.removed_seq := c.seq;
  end if;
  insert into change (seq, kind, id, layer_no, op, before, after)
    values (c.seq, 'photo', f.id, f.layer_no, case TG_OP when 'INSERT' then 'photo' else 'photo-remove' end,
      box_of(f.geom), box_of(f.geom))
    on conflict do nothing;
  return NEW;
end $$;

drop trigger if exists guard on photo;
create trigger guard before insert or update on photo for each row execute function guard_photo();
