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

-- Metres from the line between two towns within which both have a say (内控; data/domain/duty.ts holds the same).
create or replace function border_metres() returns float8
language sql immutable as $$ select 50::float8 $$;

-- Codes of the towns in which a shape lies or which begin within border_metres of it.
create or replace function towns_beside(g geometry, shares jsonb) returns text[]
language sql stable set search_path = public, pg_temp as $$
  select array(select distinct c from unnest(towns_of(shares, null) || array(
    select unnest(array[n.one, n.other]) from town_seam n
     where n.geom && ST_Expand(g, 0.0006) and ST_DWithin(n.geom::geography, g::geography, border_metres()))) c)
$$;

-- Who may say for good which town answers: the 专班 for every place, the verifier of a lead unit for its layers and only
-- between the towns that are there.
create or replace function may_decide_duty(c changeset, layer_no smallint, g geometry, shares jsonb, duty text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select coalesce((select r.edit and (r.everywhere or r.verify and duty is not null
      and leads_layer(c.unit, may_decide_duty.layer_no) and duty = any(towns_beside(g, shares)))
    from role_right r where r.role = c.role), false)
$$;

-- Records that the 责任属地 of these places was looked at with the shape they have now, also where it stays as it is.
create or replace function confirm_duty(ids bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  if exists (select from feature f where f.id = any(ids) and not may_decide_duty(c, f.layer_no, f.geom, f.shares, f.duty)) then
    raise exception using errcode = 'GU403', message = '责任属地由牵头单位的审核账号或专班确定；你们镇街可以认领或提异议。';
  end if;
  insert into duty_confirmation (feature_id, seq, town, shape)
    select f.id, c.seq, f.duty, shape_of(f.geom) from feature f where f.id = any(ids) and f.duty is not null;
end $$;

-- Was the 责任属地 decided for the shape it has now? One set before confirmations were kept counts.
create or replace function duty_decided(f feature) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select f.duty is not null and coalesce(
    (select d.shape = shape_of(f.geom) from duty_confirmation d where d.feature_id = f.id order by d.seq desc limit 1), true)
$$;

-- The last word of each town on the shape of now, since the last decision; a word taken back is none.
create or replace function duty_words(f feature) returns setof duty_word
language sql stable set search_path = public, pg_temp as $$
  select w from (
    select distinct on (d.town) d as w from duty_word d
     where d.feature_id = f.id and d.shape = shape_of(f.geom)
       and d.seq > coalesce((select max(k.seq) from duty_confirmation k where k.feature_id = f.id), 0)
     order by d.town, d.seq desc) l
   where (w).word <> 'withdraw'
$$;

-- Decided, and no town has objected since.
create or replace function duty_confirmed(f feature) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select duty_decided(f) and not exists (select from duty_words(f) w where w.word = 'object')
$$;

-- A town's word on answering for a place beside its border, recorded for the version it read. Nothing of the place changes.
create or replace function say_duty(feature_id bigint, base int, word text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  c changeset := current_changeset();
  f feature;
  own text;
  others boolean;
begin
  if c.kind <> 'duty' then
    raise exception using errcode = 'GU403', message = '这不是一次责任属地表态。';
  end if;
  if c.town is null or not (select r.edit from role_right r where r.role = c.role) then
    raise exception using errcode = 'GU403', message = '认领、异议由镇街账号提出；牵头单位的审核账号和专班直接确定属地。';
  end if;
  select x.* into f from feature x where x.id = say_duty.feature_id and x.deleted_seq is null
    and (c.town = any(towns_beside(x.geom, x.shares)) or x.duty = c.town)
    and (x.town = c.town or x.duty = c.town or (select l.sensitivity <> 'restricted' from layer l where l.no = x.layer_no));
  if not found then
    raise exception using errcode = 'GU404', message = '没有这一处，或者它不在你们镇街的镇界旁边。';
  end if;
  if not exists (select from feature_version v where v.feature_id = f.id and v.version = say_duty.base
      and shape_of(v.geom) = shape_of(f.geom)) then
    raise exception using errcode = 'GU409', message = '这一处的图形刚改过，请看过现在的图形再表态。';
  end if;
  select w.word into own from duty_words(f) w where w.town = c.town;
  others := exists (select from duty_words(f) w where w.town <> c.town and w.word <> 'object');
  if say_duty.word = 'withdraw' then
    if own is null then
      raise exception using errcode = 'GU409', message = '你们镇街还没有表态，不用收回。';
    end if;
  elsif say_duty.word = own then
    raise exception using errcode = 'GU409', message = '你们镇街已经这样表态过了。';
  elsif say_duty.word in ('claim', 'decline') then
    if duty_decided(f) then
      raise exception using errcode = 'GU409', message = '责任属地已经定了；有不同意见请提异议。';
    end if;
  elsif say_duty.word <> 'object' then
    raise exception using errcode = 'GU422', detail = 'word', message = '应为 claim、decline、object 或 withdraw。';
  elsif not duty_decided(f) and not others then
    raise exception using errcode = 'GU409', message = '还没有别的镇街表态，不用提异议；可以直接认领，或写明不归本镇。';
  end if;
  if say_duty.word in ('decline', 'object') and coalesce(c.reason, '') = '' then
    raise exception using errcode = 'GU422', detail = 'reason', message = '请写明理由，牵头单位据此确定属地。';
  end if;
  insert into duty_word (seq, feature_id, town, word, shape) values (c.seq, f.id, c.town, say_duty.word, shape_of(f.geom));
  insert into change (seq, kind, id, layer_no, op) values (c.seq, 'duty', f.id, f.layer_no, say_duty.word);
end $$;

revoke execute on function fill_seams() from public;
revoke execute on function confirm_duty(bigint[]) from public;
revoke execute on function say_duty(bigint, int, text) from public;
grant execute on function confirm_duty(bigint[]) to guatu_app;
grant execute on function say_duty(bigint, int, text) to guatu_app;
