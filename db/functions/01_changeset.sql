-- Opens the changeset of this transaction: session → account, head row (write lock, clock, cursor), changeset row.
-- Errors: GU401 no live session; GU403 the role writes nothing.
create or replace function open_changeset(
  token_hash bytea, kind text, reason text, clock timestamptz, batch uuid default null, reverts bigint default null
) returns table (seq bigint, at timestamptz, account_id bigint, login text, unit text, role text, town text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  who record;
  head feed_head;
begin
  select a.id, a.login, a.unit, a.role, u.town into who
    from session s join account a on a.id = s.account_id join unit u on u.id = a.unit
   where s.token_hash = open_changeset.token_hash and s.expires_at > now() and a.disabled_at is null;
  if not found then
    raise exception using errcode = 'GU401', message = '登录已失效，请重新登录。';
  end if;
  update feed_head h set seq = h.seq + 1, at = greatest(date_trunc('milliseconds', clock), h.at + interval '1 millisecond')
    returning h.* into head;
  insert into changeset (seq, account_id, unit, role, town, kind, batch, reverts, reason, at)
    values (head.seq, who.id, who.unit, who.role, who.town, open_changeset.kind, open_changeset.batch,
      open_changeset.reverts, open_changeset.reason, head.at);
  perform set_config('guatu.changeset', head.seq::text, true);
  perform pg_notify('feed', ''); -- delivered at commit
  return query select head.seq, head.at, who.id, who.login, who.unit, who.role, who.town;
end $$;

-- The changeset of this very transaction. The setting is only a hint: the row must carry this transaction's xid and be the head's.
create or replace function current_changeset() returns changeset
language plpgsql stable as $$
declare
  c changeset;
begin
  select s.* into c
    from changeset s join feed_head h on h.seq = s.seq
   where s.seq = nullif(current_setting('guatu.changeset', true), '')::bigint
     and s.xid = pg_current_xact_id_if_assigned();
  if not found then
    raise exception using errcode = 'GU403', message = '没有打开变更集，不能写入。';
  end if;
  return c;
end $$;

-- Records what this changeset takes back; only one that was opened as a revert may say so.
create or replace function note_reverted(seqs bigint[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  if c.kind <> 'revert' then
    raise exception using errcode = 'GU403', message = '这不是一次撤回。';
  end if;
  insert into reverted (seq, by) select distinct s, c.seq from unnest(seqs) s;
  update changeset set reverts = (select min(s) from unnest(seqs) s) where seq = c.seq;
end $$;

create or replace function box_of(g geometry) returns float8[]
language sql immutable parallel safe as $$
  select array[ST_XMin(g), ST_YMin(g), ST_XMax(g), ST_YMax(g)]::float8[]
$$;

revoke execute on function open_changeset(bytea, text, text, timestamptz, uuid, bigint) from public;
grant execute on function open_changeset(bytea, text, text, timestamptz, uuid, bigint) to guatu_app;
revoke execute on function note_reverted(bigint[]) from public;
grant execute on function note_reverted(bigint[]) to guatu_app;
