-- 跨镇会签. The app has no right to write these tables: everything passes here, under a changeset of kind `cosign`.

-- The state as people see it: a proposal is outdated when a place was edited since, and expired when its time is over.
create or replace function proposal_now(p proposal, clock timestamptz) returns text
language sql stable set search_path = public, pg_temp as $$
  select case
    when p.state <> 'collecting' then p.state
    when p.expires_at <= clock then 'expired'
    when exists (
      select from proposal_place pp left join feature f on f.uid = pp.uid
       where pp.proposal_id = p.id
         and (pp.base <> coalesce(f.version, 0) or pp.base > 0 and f.deleted_seq is not null)) then 'outdated'
    else p.state end
$$;

-- Codes of the towns in which a place lies, and the one that answers for it.
create or replace function towns_of(shares jsonb, duty text) returns text[]
language sql immutable as $$
  select coalesce(array_agg(distinct code order by code), '{}')
    from (select jsonb_object_keys(shares) as code union select duty) t
   where code is not null and code <> 'outside'
$$;

create or replace function proposal_signed(p proposal) returns text[]
language sql stable set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct d.town order by d.town), '{}') from proposal_deed d
   where d.proposal_id = p.id and d.round = p.round and d.step in ('propose', 'renew', 'agree')
$$;

-- May this changeset write exactly this, because every town it touches has signed exactly this? Asked by guard_feature.
create or replace function cosigned(c changeset, was feature, becomes feature) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select c.kind = 'cosign' and exists (
    select from proposal p join proposal_place pp on pp.proposal_id = p.id
     where (p.applied_seq = c.seq and towns_of(coalesce(was.shares, '{}') || becomes.shares, was.duty) <@ proposal_signed(p)
         or p.rehearsed_seq = c.seq and towns_of(coalesce(was.shares, '{}') || becomes.shares, was.duty) <@ p.towns)
       and (pp.deleted or not becomes.shares ? 'outside')
       and pp.uid = becomes.uid and pp.layer_no = becomes.layer_no and pp.base = coalesce(was.version, 0)
       and pp.deleted = (becomes.deleted_seq is not null)
       and pp.attrs = becomes.attrs and ST_AsBinary(pp.geom) = ST_AsBinary(becomes.geom)
       and becomes.duty is not distinct from was.duty)
$$;

-- The tasks that come and go with such a place. Asked by guard_task.
create or replace function cosigned_place(c changeset, feature_id bigint) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select c.kind = 'cosign' and exists (
    select from proposal p join proposal_place pp on pp.proposal_id = p.id join feature f on f.uid = pp.uid
     where c.seq in (p.applied_seq, p.rehearsed_seq) and f.id = cosigned_place.feature_id)
$$;

create or replace function cosigning() returns changeset
language plpgsql stable set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  if c.kind <> 'cosign' then
    raise exception using errcode = 'GU403', message = '这不是一次会签。';
  end if;
  if c.town is null or not (select r.edit from role_right r where r.role = c.role) then
    raise exception using errcode = 'GU403', message = '会签由镇街账号办理；牵头单位和专班可以直接修改。';
  end if;
  return c;
end $$;

-- Writes what the places are to become and works out whose agreement that needs.
create or replace function note_places(p proposal, c changeset, places jsonb) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
  l layer;
  f feature;
  g geometry;
  shares_ jsonb;
  towns_ text[] := '{}';
begin
  delete from proposal_place where proposal_id = p.id;
  for r in select * from jsonb_to_recordset(places)
      as x (uid uuid, layer_no smallint, base int, attrs jsonb, geometry jsonb, deleted boolean) loop
    select * into l from layer where no = r.layer_no;
    if not l.town_writable then
      raise exception using errcode = 'GU403', message = format('“%s”由牵头单位维护，镇街不能会签修改，请联系牵头单位。', l.name);
    end if;
    f := null;
    select * into f from feature where uid = r.uid;
    g := coalesce(ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4326), f.geom);
    perform check_geometry(l, g);
    if f.id is not null then
      towns_ := towns_ || towns_of(f.shares, f.duty);
    end if;
    select x.shares into shares_ from place_of(g) x;
    if shares_ ? 'outside' and not r.deleted then
      raise exception using errcode = 'GU403', detail = 'border',
        message = '有一部分在青浦区外，没有镇街可以会签。请裁到区界内，或请牵头单位、专班修改。';
    end if;
    towns_ := towns_ || towns_of(shares_, null);
    insert into proposal_place (proposal_id, uid, layer_no, base, attrs, geom, deleted)
      values (p.id, r.uid, r.layer_no, r.base, r.attrs, g, r.deleted);
  end loop;
  select array_agg(distinct t order by t) into towns_ from unnest(towns_) t;
  if not c.town = any(towns_) then
    raise exception using errcode = 'GU403', message = '这次改动没有涉及你们镇街，不能由你发起会签。';
  end if;
  if cardinality(towns_) < 2 then
    raise exception using errcode = 'GU422', detail = 'changes', message = '这次改动只涉及你们镇街，不用会签，直接保存就行。';
  end if;
  return towns_;
end $$;

create or replace function note_deed(p proposal, c changeset, step text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into proposal_deed (seq, proposal_id, round, step, town) values (c.seq, p.id, p.round, note_deed.step, c.town);
  -- New places have no number yet: they stand under the proposal's, negative.
  insert into change (seq, kind, id, layer_no, op)
    select c.seq, 'proposal', coalesce(f.id, -p.id), min(pp.layer_no), note_deed.step
      from proposal_place pp left join feature f on f.uid = pp.uid where pp.proposal_id = p.id
     group by 3;
end $$;

-- Stores a proposal; the proposer's town has signed it by that.
create or replace function propose(uid uuid, ops jsonb, places jsonb, days int) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := cosigning();
  p proposal;
begin
  if coalesce(c.reason, '') = '' then
    raise exception using errcode = 'GU422', detail = 'reason', message = '请写明为什么要改。';
  end if;
  insert into proposal (uid, account_id, unit, town, state, ops, reason, towns, expires_at)
    values (propose.uid, c.account_id, c.unit, c.town, 'collecting', propose.ops, c.reason, '{}', c.at + make_interval(days => days))
    returning * into p;
  update proposal set towns = note_places(p, c, places) where id = p.id returning * into p;
  perform note_deed(p, c, 'propose');
  return p.id;
end $$;

-- One step of a person. Returns the state it led to; after the last agreement that is `applied`, and this very changeset
-- may write what was signed.
create or replace function step_proposal(id bigint, step text, ops jsonb, places jsonb, days int) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  c changeset := cosigning();
  p proposal;
  now_ text;
  to_ text;
  verifies boolean := (select r.verify from role_right r where r.role = c.role);
begin
  select x.* into p from proposal x where x.id = step_proposal.id and c.town = any(x.towns) for update;
  if not found then
    raise exception using errcode = 'GU404', message = '没有这件会签，或者它不涉及你们镇街。';
  end if;
  now_ := proposal_now(p, c.at);
  select m.to_state into to_ from proposal_move m where m.from_state = now_ and m.step = step_proposal.step;
  if not found then
    raise exception using errcode = 'GU409', detail = now_, message = case now_
      when 'outdated' then '发起以后这一处又改过了，要由发起的镇街重新发起。'
      when 'expired' then '这件会签已经过期，要由发起的镇街重新发起。'
      when 'collecting' then '会签正在进行，不用重新发起。'
      else '这件会签已经办结了。' end;
  end if;
  if step_proposal.step in ('agree', 'refuse') then
    if not verifies then
      raise exception using errcode = 'GU403', message = '会签由镇街的审核账号办理。';
    end if;
    if c.town = any(proposal_signed(p)) then
      raise exception using errcode = 'GU409', message = '你们镇街已经同意过了；要收回请由发起人撤回。';
    end if;
    if step_proposal.step = 'refuse' and coalesce(c.reason, '') = '' then
      raise exception using errcode = 'GU422', detail = 'reason', message = '不同意要写明理由。';
    end if;
  elsif c.account_id <> p.account_id and not (c.town = p.town and verifies) then
    raise exception using errcode = 'GU403', message = '由发起人或发起镇街的审核账号办理。';
  end if;
  if step_proposal.step = 'renew' then
    update proposal x set round = x.round + 1, ops = step_proposal.ops, expires_at = c.at + make_interval(days => days),
        towns = note_places(p, c, places) where x.id = p.id returning x.* into p;
  end if;
  perform note_deed(p, c, step_proposal.step);
  if step_proposal.step = 'agree' and p.towns <@ proposal_signed(p) then
    select m.to_state into strict to_ from proposal_move m where m.from_state = now_ and m.step = 'complete';
    update proposal x set applied_seq = c.seq where x.id = p.id;
  end if;
  update proposal x set state = to_ where x.id = p.id;
  return to_;
end $$;

-- Lets this changeset write as if every town had signed, to hear what the guard says. It can never be committed.
create or replace function rehearse_proposal(id bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  c changeset := cosigning();
begin
  update proposal p set rehearsed_seq = c.seq
   where p.id = rehearse_proposal.id and exists (
     select from proposal_deed d where d.seq = c.seq and d.proposal_id = p.id and d.step in ('propose', 'renew'));
  if not found then
    raise exception using errcode = 'GU403', message = '只有发起会签时才能试写。';
  end if;
end $$;

create or replace function forbid_rehearsal() returns trigger
language plpgsql as $$
begin
  raise exception using errcode = 'GU403', message = '试写不能保存。';
end $$;

do $$
begin
  if not exists (select from pg_trigger where tgname = 'forbid_rehearsal') then
    create constraint trigger forbid_rehearsal after update of rehearsed_seq on proposal
      deferrable initially deferred for each row when (new.rehearsed_seq is not null) execute function forbid_rehearsal();
  end if;
end $$;

do $$
declare
  f text;
begin
  foreach f in array array['note_places(proposal, changeset, jsonb)', 'note_deed(proposal, changeset, text)',
    'propose(uuid, jsonb, jsonb, int)', 'step_proposal(bigint, text, jsonb, jsonb, int)', 'rehearse_proposal(bigint)'] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
  foreach f in array array['propose(uuid, jsonb, jsonb, int)', 'step_proposal(bigint, text, jsonb, jsonb, int)',
    'rehearse_proposal(bigint)'] loop
    execute format('grant execute on function %s to guatu_app', f);
  end loop;
end $$;
