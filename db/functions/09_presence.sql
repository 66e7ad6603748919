-- Says that a tab of this session has a feature open, or none any more (null); true when that is news and not only a sign of
-- life. Real clock, as sessions. A tab belongs to the account that named it first, and a turn that comes late says nothing.
-- Outdated rows go when somebody comes. Errors: GU401 no live session.
create or replace function be_present(
  token_hash bytea, tab uuid, turn int, feature_id bigint, mode text, lasts interval
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  me record;
  was presence;
begin
  select s.id, s.account_id into me
    from session s join account a on a.id = s.account_id
   where s.token_hash = be_present.token_hash and s.expires_at > now() and a.disabled_at is null;
  if not found then
    raise exception using errcode = 'GU401', message = '登录已失效，请重新登录。';
  end if;
  select p.* into was from presence p where p.tab = be_present.tab and p.seen_at > now() - lasts for update;
  if was.account_id <> me.account_id or was.turn >= be_present.turn then
    return false;
  end if;
  if (was.session_id, was.mode) = (me.id, be_present.mode) and was.feature_id = be_present.feature_id then
    update presence p set seen_at = now(), turn = be_present.turn where p.tab = was.tab;
    return false;
  end if;
  delete from presence p where p.seen_at < now() - lasts;
  -- Tabs beyond the fortieth of one account are no person's: the oldest of them go.
  delete from presence p where p.tab in (
    select o.tab from presence o where o.account_id = me.account_id and o.tab <> be_present.tab order by o.seen_at desc offset 39);
  insert into presence as p (tab, session_id, account_id, feature_id, mode, turn)
    values (be_present.tab, me.id, me.account_id, be_present.feature_id, be_present.mode, be_present.turn)
    on conflict (tab) do update set session_id = excluded.session_id, feature_id = excluded.feature_id, mode = excluded.mode,
      turn = excluded.turn, since = now(), seen_at = now() where p.turn < excluded.turn;
  if was.feature_id is null and be_present.feature_id is null then
    return false;
  end if;
  perform pg_notify('feed', '');
  return true;
end $$;

drop function if exists be_present(bytea, uuid, bigint, text, interval);
drop function if exists be_gone(bytea, uuid);
revoke execute on function be_present(bytea, uuid, int, bigint, text, interval) from public;
grant execute on function be_present(bytea, uuid, int, bigint, text, interval) to guatu_app;
