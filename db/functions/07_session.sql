-- Accounts and sessions run on the real clock and are reached only through these functions.
create or replace function account_for_login(login text)
returns table (account_id bigint, password_hash text, locked boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.password_hash, coalesce(a.locked_until > now(), false)
    from account a where a.login = account_for_login.login and a.disabled_at is null
$$;

-- Five failures in a row lock the account for 15 minutes.
create or replace function record_failure(account_id bigint) returns void
language sql security definer set search_path = public, pg_temp as $$
  update account a
     set failed = case when a.failed + 1 >= 5 then 0 else a.failed + 1 end,
         locked_until = case when a.failed + 1 >= 5 then now() + interval '15 minutes' else a.locked_until end
   where a.id = record_failure.account_id
$$;

create or replace function open_session(
  account_id bigint, token_hash bytea, kind text, name text, csrf text, expires_at timestamptz
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  update account a set failed = 0, locked_until = null
   where a.id = open_session.account_id and a.disabled_at is null and (a.failed > 0 or a.locked_until is not null);
  insert into session (token_hash, account_id, kind, name, csrf, expires_at)
    select open_session.token_hash, a.id, open_session.kind, open_session.name, open_session.csrf, open_session.expires_at
      from account a where a.id = open_session.account_id and a.disabled_at is null;
end $$;

create or replace function session_who(token_hash bytea)
returns table (account_id bigint, login text, name text, role text, unit text, unit_name text, town text,
  demo boolean, kind text, csrf text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.login, a.name, a.role, u.id, u.short, u.town, a.demo, s.kind, s.csrf, s.expires_at
    from session s join account a on a.id = s.account_id join unit u on u.id = a.unit
   where s.token_hash = session_who.token_hash and s.expires_at > now() and a.disabled_at is null
$$;

-- Moves the end of a web session; at most once a minute, so that reading does not write each time.
create or replace function touch_session(token_hash bytea, expires_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update session s set last_seen_at = now(), expires_at = touch_session.expires_at
   where s.token_hash = touch_session.token_hash and s.expires_at > now()
     and s.last_seen_at < now() - interval '1 minute'
$$;

create or replace function close_session(token_hash bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session s where s.token_hash = close_session.token_hash
$$;

-- What a person's own page lists: never the hash of another's session.
create or replace function sessions_of(token_hash bytea)
returns table (handle text, kind text, name text, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz, this boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select encode(substring(s.token_hash for 8), 'hex'), s.kind, s.name, s.created_at, s.last_seen_at, s.expires_at,
    s.token_hash = sessions_of.token_hash
    from session me join session s on s.account_id = me.account_id
   where me.token_hash = sessions_of.token_hash and me.expires_at > now() and s.expires_at > now()
   order by s.created_at
$$;

-- Ends one session (by handle) or, with null, all others of the same account. Returns how many.
create or replace function revoke_sessions(token_hash bytea, handle text) returns int
language sql security definer set search_path = public, pg_temp as $$
  with me as (select s.account_id from session s where s.token_hash = revoke_sessions.token_hash and s.expires_at > now()),
  gone as (
    delete from session s using me
     where s.account_id = me.account_id
       and case when revoke_sessions.handle is null then s.token_hash <> revoke_sessions.token_hash
                else encode(substring(s.token_hash for 8), 'hex') = revoke_sessions.handle end
    returning 1)
  select count(*)::int from gone
$$;

-- Housekeeping: ended sessions, and replies kept for retries older than 90 days.
create or replace function prune() returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session where expires_at < now();
  delete from idempotency where at < now() - interval '90 days';
$$;

do $$
declare
  f text;
begin
  foreach f in array array['account_for_login(text)', 'record_failure(bigint)',
    'open_session(bigint, bytea, text, text, text, timestamptz)', 'session_who(bytea)',
    'touch_session(bytea, timestamptz)', 'close_session(bytea)', 'sessions_of(bytea)',
    'revoke_sessions(bytea, text)', 'prune()'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to guatu_app', f);
  end loop;
end $$;
