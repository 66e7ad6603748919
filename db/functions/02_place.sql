-- Called from the triggers, which run as the owner under a fixed search_path; a path of their own would cost each row.

-- Town that covers all of it (the lower code on a shared line), and the part of length or area in each town.
create or replace function place_of(g geometry, out town text, out shares jsonb)
language plpgsql stable as $$
declare
  total float8;
begin
  select b.code into town from town_border b
   where b.vto = 'infinity' and b.geom && g and ST_Covers(b.geom, g)
   order by b.code limit 1;
  if town is not null then
    shares := jsonb_build_object(town, 1);
    return;
  end if;
  if ST_Dimension(g) = 0 then
    -- Single points lie in one town or outside; the parts of a MultiPoint are counted.
    select jsonb_object_agg(code, part) into shares from (
      select coalesce(p.code, 'outside') as code, round(count(*)::numeric / ST_NumGeometries(g), 6) as part
        from ST_Dump(g) d left join lateral (
          select b.code from town_border b
           where b.vto = 'infinity' and b.geom && d.geom and ST_Covers(b.geom, d.geom) order by b.code limit 1
        ) p on true group by 1) parts;
    return;
  end if;
  total := size_of(g);
  select jsonb_object_agg(code, part) into shares from (
    select b.code, round((size_of(ST_Intersection(b.geom, g)) / total)::numeric, 6) as part
      from town_border b where b.vto = 'infinity' and ST_Intersects(b.geom, g)) parts
   where part > 0;
  shares := coalesce(shares, '{}');
  total := 1 - coalesce((select sum(value::numeric) from jsonb_each_text(shares)), 0);
  if total > 0.000005 then
    shares := shares || jsonb_build_object('outside', round(total::numeric, 6));
  end if;
end $$;

-- Geodesic square metres of what has an area, metres of what has a length.
create or replace function size_of(g geometry) returns float8
language sql immutable parallel safe as $$
  select case when ST_Dimension(g) = 2 then ST_Area(g::geography) else ST_Length(g::geography) end
$$;

-- Raises GU422 when the layer does not take this geometry. Before any overlay: PGlite swallows GEOS errors.
create or replace function check_geometry(l layer, g geometry) returns void
language plpgsql stable as $$
begin
  if not GeometryType(g) = any (select upper(t) from unnest(l.geometry_types) t) then
    raise exception using errcode = 'GU422', detail = 'geometry',
      message = format('“%s”不收这种图形。', l.name);
  end if;
  if ST_IsEmpty(g) then
    raise exception using errcode = 'GU422', detail = 'geometry', message = '图形是空的，请重新画。';
  end if;
  if not ST_IsValid(g) then
    raise exception using errcode = 'GU422', detail = 'geometry', hint = ST_IsValidReason(g),
      message = case when ST_IsValidReason(g) like 'Self-intersection%' or ST_IsValidReason(g) like 'Ring Self-intersection%'
        then '边界自相交，请把交叉的边拉开。' else '图形不成立，请检查边界。' end;
  end if;
  if ST_NPoints(g) > 20000 then
    raise exception using errcode = 'GU422', detail = 'geometry', message = '顶点超过 20,000 个，请先简化。';
  end if;
  if l.least_extent > 0 and (select min(size_of(d.geom)) from ST_Dump(g) d) < l.least_extent then
    raise exception using errcode = 'GU422', detail = 'geometry',
      message = format(case ST_Dimension(g) when 2 then '图形太小：有一块不到 %s 平方米，请删掉这一块或重画。'
        else '图形太短：有一段不到 %s 米，请删掉这一段或重画。' end, l.least_extent);
  end if;
end $$;

-- Raises GU422 for keys the layer does not know.
create or replace function check_keys(l layer, attrs jsonb) returns void
language plpgsql stable as $$
declare
  bad text;
begin
  select string_agg(k, '、') into bad from jsonb_object_keys(attrs) k where not l.fields ? k;
  if bad is not null then
    raise exception using errcode = 'GU422', detail = 'attrs', message = format('“%s”没有这些字段：%s。', l.name, bad);
  end if;
end $$;

-- What of a place belongs to the whole of which it is a part (fields with `lead`); null where the layer has no such fields.
create or replace function lead_part(l layer, attrs jsonb) returns jsonb
language sql immutable as $$
  select jsonb_object_agg(f.key, attrs -> f.key) from jsonb_each(l.fields) f where f.value ->> 'lead' = 'true'
$$;

-- May this changeset's account write a feature of this layer lying there? (place = town or duty)
create or replace function leads_layer(who_unit text, layer_no smallint) returns boolean
language sql stable as $$
  select exists (select from layer_target lt join target_unit tu on tu.target_id = lt.target_id and tu.lead
                  where lt.layer_no = leads_layer.layer_no and tu.unit = who_unit)
$$;
