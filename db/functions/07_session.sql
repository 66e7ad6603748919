-- Accounts and sessions run on the real clock and are reached only through these functions.
create or replace function account_for_login(login text)
returns table (account_id bigint, password_hash text, locked_until timestamptz, disabled boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.password_hash, case when a.locked_until > now() then a.locked_until end, a.disabled_at is not null
    from account a where a.login = account_for_login.login
$$;

-- Five failures in a row lock the account for 15 minutes.
create or replace function record_failure(login text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update account a
     set failed = case when a.failed + 1 >= 5 then 0 else a.failed + 1 end,
         locked_until = case when a.failed + 1 >= 5 then now() + interval '15 minutes' else a.locked_until end
   where a.login = record_failure.login
$$;

create or replace function record_success(login text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update account a set failed = 0, locked_until = null
   where a.login = record_success.login and (a.failed > 0 or a.locked_until is not null)
$$;

-- Returns the session's number, or nothing for a disabled account.
create or replace function open_session(
  account_id bigint, token_hash bytea, kind text, name text, csrf text, expires_at timestamptz
) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  insert into session (token_hash, account_id, kind, name, csrf, expires_at)
    select open_session.token_hash, a.id, open_session.kind, open_session.name, open_session.csrf, open_session.expires_at
      from account a where a.id = open_session.account_id and a.disabled_at is null
  returning id
$$;

create or replace function session_who(token_hash bytea)
returns table (account_id bigint, login text, name text, role text, unit text, unit_name text, town text,
  demo boolean, kind text, csrf text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.login, a.name, a.role, u.id, u.short, u.town, a.demo, s.kind, s.csrf, s.expires_at
    from session s join account a on a.id = s.account_id join unit u on u.id = a.unit
   where s.token_hash = session_who.token_hash and s.expires_at > now() and a.disabled_at is null
$$;

create or replace function close_session(token_hash bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session s where s.token_hash = close_session.token_hash
$$;

-- The live tokens of the account whose session asks; never a hash.
create or replace function tokens_of(token_hash bytea)
returns table (id bigint, name text, created_at timestamptz, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.name, s.created_at, s.expires_at
    from session me join session s on s.account_id = me.account_id
   where me.token_hash = tokens_of.token_hash and me.expires_at > now()
     and s.kind = 'token' and s.expires_at > now()
   order by s.id
$$;

-- Ends one token of the same account; false when there is none of that number.
create or replace function close_token(token_hash bytea, id bigint) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from session s using session me
     where me.token_hash = close_token.token_hash and me.expires_at > now()
       and s.account_id = me.account_id and s.kind = 'token' and s.id = close_token.id
    returning 1)
  select exists (select from gone)
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
  foreach f in array array['account_for_login(text)', 'record_failure(text)', 'record_success(text)',
    'open_session(bigint, bytea, text, text, text, timestamptz)', 'session_who(bytea)', 'close_session(bytea)',
    'tokens_of(bytea)', 'close_token(bytea, bigint)', 'prune()'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to guatu_app', f);
  end loop;
end $$;
