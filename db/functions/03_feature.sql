-- Tells how far a geometry lies outside a town, for the one who drew it.
create or replace function beyond_border(g geometry, town_code text) returns text
language sql stable set search_path = public, pg_temp as $$
  select format(case ST_Dimension(g) when 0 then '没保存：点在%2$s界外 %3$s 米。请移回界内，或发起会签。'
      else '没保存：%1$s跨出%2$s界 %3$s 米。请裁到界内，或发起会签。' end,
    case ST_Dimension(g) when 1 then '线' else '面' end, t.name,
    to_char(greatest(1, ceil(coalesce(max(ST_Distance(d.geom::geography, b.geom::geography)), 0))), 'FM999,999,999'))
    from town t join town_border b on b.code = t.code and b.vto = 'infinity'
      left join lateral ST_DumpPoints(ST_Difference(g, b.geom)) d on true
   where t.code = town_code group by t.name
$$;

-- Is there a place of the layer with just this lead part? What it has is looked up by the index (feature_attrs); what it has
-- not is compared with the few that are left. Planned for these values: a plan for any would read the whole layer.
create or replace function whole_exists(l layer, part jsonb) returns boolean
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  return exists (
    select from feature o
     where o.layer_no = l.no and o.deleted_seq is null and o.attrs @> jsonb_strip_nulls(part) and lead_part(l, o.attrs) = part);
end $$;

-- BEFORE: who may write this place, and what may stand in it. Sets version, town, shares and deleted_seq itself.
create or replace function guard_feature() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  r role_right;
  l layer;
  same_geom boolean := false;
begin
  select * into r from role_right where role = c.role;
  select * into l from layer where no = NEW.layer_no;
  if TG_OP = 'UPDATE' then
    if (NEW.id, NEW.uid, NEW.layer_no) is distinct from (OLD.id, OLD.uid, OLD.layer_no) then
      raise exception using errcode = 'GU422', message = '编号和图层不能改。';
    end if;
    same_geom := ST_AsBinary(NEW.geom) = ST_AsBinary(OLD.geom);
    NEW.version := OLD.version + 1;
    NEW.deleted_seq := case when NEW.deleted_seq is null then null else coalesce(OLD.deleted_seq, c.seq) end;
  else
    NEW.version := 1;
    NEW.deleted_seq := null;
    if l.retired_at is not null then
      raise exception using errcode = 'GU422', message = format('图层“%s”已经停用，不能新建。', l.name);
    end if;
  end if;
  if NEW.claimed >= c.at then
    NEW.claimed := null;
  end if;
  if same_geom then
    NEW.town := OLD.town;
    NEW.shares := OLD.shares;
  else
    perform check_geometry(l, NEW.geom);
    select p.town, p.shares into NEW.town, NEW.shares from place_of(NEW.geom) p;
  end if;
  if TG_OP = 'INSERT' or NEW.attrs is distinct from OLD.attrs then
    perform check_keys(l, NEW.attrs);
  end if;
  if not r.edit then
    raise exception using errcode = 'GU403', message = '你的账号只能查看，不能修改。';
  end if;
  if r.everywhere then
    return NEW;
  end if;
  if (case TG_OP when 'INSERT' then NEW.duty is not null else NEW.duty is distinct from OLD.duty end)
     and not may_decide_duty(c, NEW.layer_no, NEW.geom, NEW.shares, NEW.duty) then
    raise exception using errcode = 'GU403', message = '责任属地由牵头单位的审核账号或专班确定；你们镇街可以认领或提异议。';
  end if;
  if leads_layer(c.unit, NEW.layer_no) then
    return NEW;
  end if;
  -- A part is its town's, the whole is the lead unit's: a town neither renames it nor begins another.
  if TG_OP = 'UPDATE' and lead_part(l, NEW.attrs) is distinct from lead_part(l, OLD.attrs)
     or TG_OP = 'INSERT' and lead_part(l, NEW.attrs) is not null and not whole_exists(l, lead_part(l, NEW.attrs)) then
    raise exception using errcode = 'GU403', detail = 'lead', message = format(
      '“%s”属于整体，由牵头单位或专班维护；镇街%s。',
      (select string_agg(f.value ->> 'label', '”“' order by f.key) from jsonb_each(l.fields) f where f.value ->> 'lead' = 'true'),
      case TG_OP when 'INSERT' then '新建时要和已有的一段相同' else '只改本镇街的这一段' end);
  end if;
  if NEW.duty = c.town then
    -- Answering for a place across the border is no right to take it further: not into a third town, nor out of the district.
    if not same_geom and exists (select from jsonb_object_keys(NEW.shares) k where k <> c.town and not OLD.shares ? k)
       and not cosigned(c, OLD, NEW) then
      raise exception using errcode = 'GU403', detail = 'border', message = format(
        '没保存：这一处会伸进%s，责任属地只能在原来的范围和本镇街内改。请移回来，或发起会签。',
        (select string_agg(coalesce(t.name, '青浦区外'), '、' order by k)
           from jsonb_object_keys(NEW.shares) k left join town t on t.code = k where k <> c.town and not OLD.shares ? k));
    end if;
    return NEW;
  end if;
  if c.town is null then
    raise exception using errcode = 'GU403', message = format('“%s”不归你的单位牵头，你不能改。', l.name);
  end if;
  if not l.town_writable then
    raise exception using errcode = 'GU403', message = format('“%s”由牵头单位维护，镇街账号不能改。', l.name);
  end if;
  if NEW.town = c.town and (TG_OP = 'INSERT' or OLD.town = c.town) or cosigned(c, OLD, NEW) then
    return NEW;
  end if;
  if TG_OP = 'UPDATE' and OLD.town is distinct from c.town then
    raise exception using errcode = 'GU403', detail = 'border',
      message = format('这一处原来不全在%s界内，请发起会签，或联系牵头单位、专班修改。', (select name from town where code = c.town));
  end if;
  raise exception using errcode = 'GU403', detail = 'border', message = beyond_border(NEW.geom, c.town);
end $$;

-- AFTER, once a statement: history in both axes and the feed.
create or replace function keep_new_features() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  insert into feature_version (feature_id, version, op, layer_no, schema_v, attrs, geom, town, shares, duty, vfrom, kfrom)
    select n.id, n.version, 'create', n.layer_no, n.schema_v, n.attrs, n.geom, n.town, n.shares, n.duty,
      least(coalesce(n.claimed, c.at), c.at), c.seq from new_rows n;
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'feature', n.id, n.layer_no, 'create', null, box_of(n.geom) from new_rows n;
  return null;
end $$;

-- A claim counts when it lies between the start of the version it builds on and now; else the server's clock stands.
-- Without a claim the open row ends (vto) and one row begins; with one, what was known is closed (kto) and told anew.
create or replace function keep_features() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  forever constant bigint := 9223372036854775807;
begin
  if exists (select from new_rows n join feature_version v on v.feature_id = n.id
              where v.kfrom = c.seq and v.vto = 'infinity' and v.kto = forever
                and (v.version, v.attrs, v.duty) is distinct from (n.version, n.attrs, n.duty)) then
    raise exception using errcode = 'GU422', message = '同一处在一个变更集里只能写一次。';
  end if;
  -- Rows whose open version is of this changeset were written by correct_feature, with their history.
  with edit as (
    select n.id, v.vfrom, v.vfrom < n.claimed and n.claimed < c.at as claims, n.claimed
      from new_rows n join feature_version v
        on v.feature_id = n.id and v.vto = 'infinity' and v.kto = forever and v.kfrom < c.seq
  )
  update feature_version v
     set vto = case when e.claims then v.vto else c.at end,
         kto = case when e.claims then c.seq else v.kto end
    from edit e
   where v.feature_id = e.id and v.vto = 'infinity' and v.kto = forever;
  insert into feature_version (feature_id, version, op, layer_no, schema_v, attrs, geom, town, shares, duty, vfrom, vto, kfrom)
    select v.feature_id, v.version, v.op, v.layer_no, v.schema_v, v.attrs, v.geom, v.town, v.shares, v.duty,
      v.vfrom, n.claimed, c.seq
      from new_rows n join feature_version v on v.feature_id = n.id and v.kto = c.seq and v.vto = 'infinity'
     where not exists (select from feature_version o where o.feature_id = n.id and o.vto = 'infinity' and o.kto = forever);
  insert into feature_version (feature_id, version, op, layer_no, schema_v, attrs, geom, town, shares, duty, vfrom, kfrom)
    select n.id, n.version,
      case when n.deleted_seq is not null and o.deleted_seq is null then 'delete'
           when n.deleted_seq is null and o.deleted_seq is not null then 'restore' else 'patch' end,
      n.layer_no, n.schema_v, n.attrs, n.geom, n.town, n.shares, n.duty,
      coalesce((select n.claimed from feature_version v
                 where v.feature_id = n.id and v.kto = c.seq and v.vto = 'infinity'), c.at), c.seq
      from new_rows n join old_rows o on o.id = n.id
     where not exists (select from feature_version v where v.feature_id = n.id and v.vto = 'infinity' and v.kto = forever);
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'feature', n.id, n.layer_no,
      case when n.deleted_seq is not null and o.deleted_seq is null then 'delete'
           when n.deleted_seq is null and o.deleted_seq is not null then 'restore' else 'patch' end,
      case when o.deleted_seq is null then box_of(o.geom) end,
      case when n.deleted_seq is null then box_of(n.geom) end
      from new_rows n join old_rows o on o.id = n.id
    on conflict do nothing;
  return null;
end $$;

drop trigger if exists guard on feature;
create trigger guard before insert or update on feature for each row execute function guard_feature();
drop trigger if exists keep_new on feature;
create trigger keep_new after insert on feature referencing new table as new_rows
  for each statement execute function keep_new_features();
drop trigger if exists keep on feature;
create trigger keep after update on feature referencing old table as old_rows new table as new_rows
  for each statement execute function keep_features();
