-- BEFORE: the flow of a task, who handles and who verifies. The table task_move comes from data/domain/task.ts.
create or replace function guard_task() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  t task;
  r role_right;
  f record;
  m task_move;
  last task_version;
  former task_version;
  leads boolean;
  handles boolean;
begin
  if TG_OP = 'DELETE' then
    t := OLD;
  else
    t := NEW;
  end if;
  select * into r from role_right where role = c.role;
  if r.everywhere then
    leads := true;
    handles := r.edit;
  else
    select x.layer_no, x.town, x.duty into f from feature x where x.id = t.feature_id;
    leads := exists (select from target_unit u where u.target_id = t.target_id and u.unit = c.unit and u.lead);
    handles := r.edit and (leads
      or coalesce(f.duty = c.town, false)
      or coalesce(f.town = c.town, false) and (select l.town_writable from layer l where l.no = f.layer_no)
      or TG_OP <> 'UPDATE' and (leads_layer(c.unit, f.layer_no) or cosigned_place(c, t.feature_id)));
  end if;
  if TG_OP = 'DELETE' then
    if not handles then
      raise exception using errcode = 'GU403', message = '这项任务不归你的单位办理。';
    end if;
    return OLD;
  end if;
  if NEW.claimed >= c.at then
    NEW.claimed := null;
  end if;
  if c.kind = 'revert' then
    select v.* into last from task_version v
     where v.task_id = NEW.id and v.kto = 9223372036854775807 order by v.vfrom desc limit 1;
    -- Not a step of the flow but a way back: to what this very task has been, and nothing else.
    select v.* into former from task_version v
     where v.task_id = NEW.id and (v.feature_id, v.target_id, v.state, v.progress) = (NEW.feature_id, NEW.target_id, NEW.state, NEW.progress)
       and v.due is not distinct from NEW.due and v.note is not distinct from NEW.note
     order by v.kfrom desc, v.vfrom desc limit 1;
    if found then
      NEW.version := last.version + 1;
      NEW.submitted_by := former.submitted_by;
      NEW.claimed := null;
      if 'closed' in (NEW.state, last.state) and NEW.state <> last.state or NEW.due is distinct from last.due then
        if not (r.verify and leads) then
          raise exception using errcode = 'GU403', message = '销项和期限由牵头单位的审核人或专班撤回。';
        end if;
        if NEW.state <> last.state and c.account_id in (former.submitted_by, last.submitted_by) then
          raise exception using errcode = 'GU403', detail = 'own-submission',
            message = '你不能撤回对自己提交的核查，请另一位同事来办。';
        end if;
      end if;
      if not handles then
        raise exception using errcode = 'GU403', message = '这项任务不归你的单位办理。';
      end if;
      return NEW;
    elsif last.task_id is not null then
      raise exception using errcode = 'GU422', message = '撤回只能回到任务以前的样子。';
    end if;
  end if;
  if TG_OP = 'INSERT' then
    select v.* into last from task_version v
     where v.task_id = NEW.id and v.kto = 9223372036854775807 order by v.vfrom desc limit 1;
    if found then
      -- A task that comes back with its feature goes on where it stood.
      if (last.feature_id, last.target_id, last.state) is distinct from (NEW.feature_id, NEW.target_id, NEW.state) then
        raise exception using errcode = 'GU422', message = '任务只能按原样恢复。';
      end if;
      NEW.version := last.version + 1;
      NEW.submitted_by := last.submitted_by;
      NEW.claimed := null;
    else
      NEW.version := 1;
      if NEW.state <> 'planned' and not exists
         (select from task_move w where w.from_state = 'planned' and w.to_state = NEW.state and not w.verify) then
        raise exception using errcode = 'GU409', message = '新任务不能直接销项。';
      end if;
      NEW.submitted_by := case when NEW.state = 'review' then c.account_id end;
    end if;
    if not handles then
      raise exception using errcode = 'GU403', message = '这项任务不归你的单位办理。';
    end if;
    return NEW;
  end if;
  if (NEW.id, NEW.uid, NEW.feature_id, NEW.target_id) is distinct from (OLD.id, OLD.uid, OLD.feature_id, OLD.target_id) then
    raise exception using errcode = 'GU422', message = '任务的编号、对象和目标不能改。';
  end if;
  NEW.version := OLD.version + 1;
  NEW.submitted_by := case when NEW.state = 'review' and OLD.state <> 'review' then c.account_id
                           when NEW.state in ('review', 'closed') then OLD.submitted_by end;
  if r.everywhere and exists (select from task_version v where v.task_id = NEW.id and v.kfrom = c.seq
       and v.vto = 'infinity' and v.kto = 9223372036854775807 and v.state = NEW.state and v.version = NEW.version) then
    return NEW; -- correct_task has judged and written it
  end if;
  if NEW.lead is distinct from OLD.lead and not r.everywhere then
    raise exception using errcode = 'GU403', message = '牵头单位由专班指定。';
  end if;
  if NEW.state <> OLD.state then
    select * into m from task_move where from_state = OLD.state and to_state = NEW.state;
    if not found then
      raise exception using errcode = 'GU409', message = '任务流转里没有这一步。';
    end if;
    if 'closed' in (NEW.state, OLD.state) and OLD.submitted_by = c.account_id then
      raise exception using errcode = 'GU403', detail = 'own-submission',
        message = '你不能核查自己提交的销项，请另一位同事核查。';
    end if;
  end if;
  if m.verify or NEW.due is distinct from OLD.due then
    if not (r.verify and leads) then
      raise exception using errcode = 'GU403', message = case when m.verify
        then '核查由牵头单位的审核人或专班办理。' else '期限由牵头单位的审核人或专班调整。' end;
    end if;
  elsif not handles then
    raise exception using errcode = 'GU403', message = '这项任务不归你的单位办理。';
  end if;
  return NEW;
end $$;

create or replace function keep_new_tasks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  insert into task_version (task_id, feature_id, target_id, version, state, due, lead, progress, note, submitted_by, vfrom, kfrom)
    select n.id, n.feature_id, n.target_id, n.version, n.state, n.due, n.lead, n.progress, n.note, n.submitted_by,
      least(coalesce(n.claimed, c.at), c.at), c.seq from new_rows n;
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'task', n.id, f.layer_no, 'create', null, box_of(f.geom)
      from new_rows n join feature f on f.id = n.feature_id;
  return null;
end $$;

-- The same rule for claims as keep_features.
create or replace function keep_tasks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  forever constant bigint := 9223372036854775807;
begin
  if exists (select from new_rows n join task_version v on v.task_id = n.id
              where v.kfrom = c.seq and v.vto = 'infinity' and v.kto = forever
                and (v.version, v.state, v.progress, v.due) is distinct from (n.version, n.state, n.progress, n.due)) then
    raise exception using errcode = 'GU422', message = '同一项任务在一个变更集里只能写一次。';
  end if;
  with edit as (
    select n.id, v.vfrom < n.claimed and n.claimed < c.at as claims
      from new_rows n join task_version v
        on v.task_id = n.id and v.vto = 'infinity' and v.kto = forever and v.kfrom < c.seq
  )
  update task_version v
     set vto = case when e.claims then v.vto else c.at end,
         kto = case when e.claims then c.seq else v.kto end
    from edit e
   where v.task_id = e.id and v.vto = 'infinity' and v.kto = forever;
  insert into task_version (task_id, feature_id, target_id, version, state, due, lead, progress, note, submitted_by, vfrom, vto, kfrom)
    select v.task_id, v.feature_id, v.target_id, v.version, v.state, v.due, v.lead, v.progress, v.note, v.submitted_by,
      v.vfrom, n.claimed, c.seq
      from new_rows n join task_version v on v.task_id = n.id and v.kto = c.seq and v.vto = 'infinity'
     where not exists (select from task_version o where o.task_id = n.id and o.vto = 'infinity' and o.kto = forever);
  insert into task_version (task_id, feature_id, target_id, version, state, due, lead, progress, note, submitted_by, vfrom, kfrom)
    select n.id, n.feature_id, n.target_id, n.version, n.state, n.due, n.lead, n.progress, n.note, n.submitted_by,
      coalesce((select n.claimed from task_version v
                 where v.task_id = n.id and v.kto = c.seq and v.vto = 'infinity'), c.at), c.seq
      from new_rows n
     where not exists (select from task_version v where v.task_id = n.id and v.vto = 'infinity' and v.kto = forever);
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'task', n.id, f.layer_no, 'patch', box_of(f.geom), box_of(f.geom)
      from new_rows n join feature f on f.id = n.feature_id
    on conflict do nothing;
  return null;
end $$;

-- A task that no longer applies (feature deleted, attributes changed) ends; its history stays.
create or replace function keep_gone_tasks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
begin
  update task_version v set vto = c.at from old_rows o
   where v.task_id = o.id and v.vto = 'infinity' and v.kto = 9223372036854775807;
  insert into change (seq, kind, id, layer_no, op, before, after)
    select c.seq, 'task', o.id, f.layer_no, 'delete', box_of(f.geom), null
      from old_rows o join feature f on f.id = o.feature_id;
  return null;
end $$;

drop trigger if exists guard on task;
create trigger guard before insert or update or delete on task for each row execute function guard_task();
drop trigger if exists keep_new on task;
create trigger keep_new after insert on task referencing new table as new_rows
  for each statement execute function keep_new_tasks();
drop trigger if exists keep on task;
create trigger keep after update on task referencing old table as old_rows new table as new_rows
  for each statement execute function keep_tasks();
drop trigger if exists keep_gone on task;
create trigger keep_gone after delete on task referencing old table as old_rows
  for each statement execute function keep_gone_tasks();
