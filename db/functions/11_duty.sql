create or replace function shape_of(g geometry) returns text
language sql immutable as $$
  select md5(ST_AsBinary(g))
$$;

-- Lines along which two towns meet; the outer border of the district is nobody's to share.
create or replace function fill_seams() returns void
language sql set search_path = public, pg_temp as $$
  delete from town_seam;
  insert into town_seam (one, other, geom)
    select p.one, p.other, s.geom
      from (select a.code as one, b.code as other, ST_LineMerge(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 2)) as geom
              from town_border a join town_border b on a.code < b.code and a.geom && b.geom
             where a.vto = 'infinity' and b.vto = 'infinity' and ST_Intersects(a.geom, b.geom)) p
        cross join lateral ST_Dump(p.geom) d
        cross join lateral ST_Subdivide(d.geom, 16) s (geom)
     where not ST_IsEmpty(p.geom);
$$;

-- Records that the 责任属地 of these places was looked at with the shape they have now, also where it stays as it is.
create or replace function confirm_duty(ids bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  if not (select r.edit and r.everywhere from role_right r where r.role = c.role) then
    raise exception using errcode = 'GU403', message = '责任属地由专班指定，请联系专班。';
  end if;
  insert into duty_confirmation (feature_id, seq, town, shape)
    select f.id, c.seq, f.duty, shape_of(f.geom) from feature f where f.id = any(ids) and f.duty is not null;
end $$;

-- Has the 专班 said which town answers for a place, for the shape it has now? One set before confirmations were kept counts.
create or replace function duty_confirmed(f feature) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select f.duty is not null and coalesce(
    (select d.shape = shape_of(f.geom) from duty_confirmation d where d.feature_id = f.id order by d.seq desc limit 1), true)
$$;

revoke execute on function fill_seams() from public;
revoke execute on function confirm_duty(bigint[]) from public;
grant execute on function confirm_duty(bigint[]) to guatu_app;
