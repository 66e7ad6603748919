-- Backdated corrections: what is now known to have been so in [from, to). Rows known until now are closed in K,
-- their pieces outside the interval are told again, the stretch inside carries the correction. Live rows follow
-- when the interval reaches the present. A deleted stretch stays deleted; nothing is made where nothing was.
create or replace function correcting(since timestamptz, reaches timestamptz) returns changeset
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  if not (select r.edit and r.everywhere from role_right r where r.role = c.role) then
    raise exception using errcode = 'GU403', message = '更正以往的记录由专班办理。';
  end if;
  if coalesce(c.reason, '') = '' then
    raise exception using errcode = 'GU422', detail = 'reason', message = '更正以往的记录要写明理由。';
  end if;
  if since >= c.at then
    raise exception using errcode = 'GU422', detail = 'from', message = '更正的开始时间晚于现在，请核对。';
  end if;
  if since >= reaches then
    raise exception using errcode = 'GU422', detail = 'to', message = '更正的结束时间要晚于开始时间。';
  end if;
  return c;
end $$;

create or replace function correct_feature(
  feature_id bigint, since timestamptz, reaches timestamptz, changes jsonb, geom geometry, pinyin text
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  c changeset := correcting(correct_feature.since, correct_feature.reaches);
  until_ timestamptz := case when reaches is null or reaches >= c.at then 'infinity' else reaches end;
  id_ constant bigint := correct_feature.feature_id;
  geom_ constant geometry := correct_feature.geom;
  pinyin_ constant text := correct_feature.pinyin;
  forever constant bigint := 9223372036854775807;
  l layer;
  v feature_version;
  town_ text;
  shares_ jsonb;
  live boolean := false;
  before_ geometry;
  found_ boolean := false;
begin
  select x.* into l from layer x join feature f on f.layer_no = x.no where f.id = id_;
  if not found then
    raise exception using errcode = 'GU404', message = '没有这一处。';
  end if;
  if geom_ is not null then
    perform check_geometry(l, geom_);
    select x.town, x.shares into town_, shares_ from place_of(geom_) x;
  end if;
  perform check_keys(l, coalesce(changes, '{}'));
  if exists (select from feature_version x where x.feature_id = id_ and x.kfrom = c.seq) then
    raise exception using errcode = 'GU422', message = '同一处在一个变更集里只能写一次。';
  end if;
  for v in select x.* from feature_version x
            where x.feature_id = id_ and x.kto = forever and x.op <> 'delete'
              and x.vfrom < until_ and x.vto > since order by x.vfrom loop
    found_ := true;
    before_ := case when before_ is null then ST_Envelope(v.geom) else ST_Envelope(ST_Collect(before_, v.geom)) end;
    update feature_version x set kto = c.seq
     where x.feature_id = id_ and x.kfrom = v.kfrom and x.vfrom = v.vfrom;
    if v.vfrom < since then
      insert into feature_version values (id_, v.version, v.op, v.layer_no, v.schema_v, v.attrs, v.geom, v.town,
        v.shares, v.duty, v.vfrom, since, c.seq, forever);
    end if;
    live := v.vto = 'infinity' and until_ = 'infinity';
    insert into feature_version values (id_, v.version + live::int, 'correct', v.layer_no, v.schema_v,
      jsonb_strip_nulls(v.attrs || coalesce(changes, '{}')), coalesce(geom_, v.geom),
      case when geom_ is null then v.town else town_ end, case when geom_ is null then v.shares else shares_ end,
      v.duty, greatest(v.vfrom, since), least(v.vto, until_), c.seq, forever);
    if v.vto > until_ then
      insert into feature_version values (id_, v.version, v.op, v.layer_no, v.schema_v, v.attrs, v.geom, v.town,
        v.shares, v.duty, until_, v.vto, c.seq, forever);
    end if;
  end loop;
  if not found_ then
    raise exception using errcode = 'GU422', detail = 'from', message = '这段时间里没有这一处，无从更正。';
  end if;
  if live then
    update feature f set attrs = x.attrs, geom = x.geom, pinyin = coalesce(pinyin_, f.pinyin), claimed = null
      from feature_version x
     where f.id = id_ and x.feature_id = id_ and x.kfrom = c.seq and x.vto = 'infinity' and x.kto = forever;
  end if;
  insert into change (seq, kind, id, layer_no, op, before, after)
    values (c.seq, 'feature', id_, l.no, 'correct', box_of(before_),
      box_of(ST_Envelope(ST_Collect(before_, coalesce(geom_, before_)))))
    on conflict (seq, kind, id) do update set op = 'correct', before = excluded.before, after = excluded.after;
end $$;

create or replace function correct_task(
  task_id bigint, since timestamptz, reaches timestamptz, state text, progress int
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  c changeset := correcting(correct_task.since, correct_task.reaches);
  until_ timestamptz := case when reaches is null or reaches >= c.at then 'infinity' else reaches end;
  id_ constant bigint := correct_task.task_id;
  state_ constant text := correct_task.state;
  progress_ constant int := correct_task.progress;
  forever constant bigint := 9223372036854775807;
  v task_version;
  live boolean := false;
  found_ boolean := false;
begin
  if exists (select from task_version x where x.task_id = id_ and x.kfrom = c.seq) then
    raise exception using errcode = 'GU422', message = '同一项任务在一个变更集里只能写一次。';
  end if;
  for v in select x.* from task_version x
            where x.task_id = id_ and x.kto = forever and x.vfrom < until_ and x.vto > since order by x.vfrom loop
    found_ := true;
    if state_ = 'closed' and v.submitted_by = c.account_id then
      raise exception using errcode = 'GU403', detail = 'own-submission',
        message = '你不能核查自己提交的销项，请另一位同事核查。';
    end if;
    update task_version x set kto = c.seq where x.task_id = id_ and x.kfrom = v.kfrom and x.vfrom = v.vfrom;
    if v.vfrom < since then
      insert into task_version values (id_, v.feature_id, v.target_id, v.version, v.state, v.due, v.lead, v.progress,
        v.note, v.submitted_by, v.vfrom, since, c.seq, forever);
    end if;
    live := v.vto = 'infinity' and until_ = 'infinity';
    insert into task_version values (id_, v.feature_id, v.target_id, v.version + live::int, state_, v.due, v.lead,
      coalesce(progress_, v.progress), v.note, case when state_ in ('review', 'closed') then v.submitted_by end,
      greatest(v.vfrom, since), least(v.vto, until_), c.seq, forever);
    if v.vto > until_ then
      insert into task_version values (id_, v.feature_id, v.target_id, v.version, v.state, v.due, v.lead, v.progress,
        v.note, v.submitted_by, until_, v.vto, c.seq, forever);
    end if;
  end loop;
  if not found_ then
    raise exception using errcode = 'GU422', detail = 'from', message = '这段时间里没有这项任务，无从更正。';
  end if;
  if live then
    update task t set state = state_, progress = coalesce(progress_, t.progress), claimed = null where t.id = id_;
  end if;
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'task', id_, f.layer_no, 'correct', box_of(f.geom), box_of(f.geom)
      from task_version x join feature f on f.id = x.feature_id where x.task_id = id_ and x.kfrom = c.seq limit 1
    on conflict (seq, kind, id) do update set op = 'correct';
end $$;

revoke execute on function correct_feature(bigint, timestamptz, timestamptz, jsonb, geometry, text) from public;
revoke execute on function correct_task(bigint, timestamptz, timestamptz, text, int) from public;
grant execute on function correct_feature(bigint, timestamptz, timestamptz, jsonb, geometry, text) to guatu_app;
grant execute on function correct_task(bigint, timestamptz, timestamptz, text, int) to guatu_app;
