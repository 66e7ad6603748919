-- Says that a tab of this session has a feature open; true when that is news and not only a sign of life. Real clock, as sessions.
-- A tab belongs to the session that named it first. Outdated rows go when somebody comes. Errors: GU401 no live session.
create or replace function be_present(token_hash bytea, tab uuid, feature_id bigint, mode text, lasts interval) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
  select p.* into was from presence p where p.tab = be_present.tab;
  if was.tab is not null and was.account_id <> me.account_id then
    return false;
  end if;
  if (was.session_id, was.feature_id, was.mode) = (me.id, be_present.feature_id, be_present.mode) and was.seen_at > now() - lasts then
    update presence p set seen_at = now() where p.tab = was.tab;
    return false;
  end if;
  delete from presence p where p.seen_at < now() - lasts or p.tab = be_present.tab;
  -- Tabs beyond the fortieth of one account are no person's: the oldest of them go.
  delete from presence p where p.tab in (
    select o.tab from presence o where o.account_id = me.account_id order by o.seen_at desc offset 39);
  insert into presence (tab, session_id, account_id, feature_id, mode)
    values (be_present.tab, me.id, me.account_id, be_present.feature_id, be_present.mode);
  perform pg_notify('feed', '');
  return true;
end $$;

-- The tab was closed or shows something else; true when it had been there.
create or replace function be_gone(token_hash bytea, tab uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from presence p using session s
   where p.tab = be_gone.tab and s.token_hash = be_gone.token_hash and s.account_id = p.account_id;
  if found then
    perform pg_notify('feed', '');
  end if;
  return found;
end $$;

do $$
declare
  f text;
begin
  foreach f in array array['be_present(bytea, uuid, bigint, text, interval)', 'be_gone(bytea, uuid)'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to guatu_app', f);
  end loop;
end $$;
