-- Places of some layers may not cover the same ground. Asked when all of a changeset is written: what was split off or
-- merged lies over the other until both are changed. The head row's lock is held till then, so no two writers pass each other.
create or replace function keep_apart() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  c changeset := current_changeset();
  l layer;
  mine geometry;
  name_ text;
  size float8;
  hidden boolean;
begin
  select * into l from layer where no = NEW.layer_no;
  if l.most_overlap is null then
    return null;
  end if;
  select f.geom into mine from feature f where f.id = NEW.id and f.deleted_seq is null;
  if mine is null then
    return null;
  end if;
  -- Every stored geometry is valid by its CHECK, so the overlay may be asked.
  select o.name, size_of(ST_CollectionExtract(ST_Intersection(o.geom, mine), 3)),
      l.sensitivity = 'restricted' and not coalesce(
        (select r.everywhere from role_right r where r.role = c.role) or leads_layer(c.unit, l.no)
        or o.town = c.town or o.duty = c.town, false)
    into name_, size, hidden
    from feature o
   where o.layer_no = NEW.layer_no and o.deleted_seq is null and o.geom && mine and o.id <> NEW.id
     and ST_Intersects(o.geom, mine)
   order by 2 desc limit 1;
  -- Of a place that the writer may not see neither name nor how much of it is met: with the metres it could be measured out.
  if size > l.most_overlap and hidden then
    raise exception using errcode = 'GU422', detail = 'geometry',
      message = format('没保存：%s之间不能重叠，这里画不下。请联系牵头单位或专班。', l.name);
  end if;
  if size > l.most_overlap then
    raise exception using errcode = 'GU422', detail = 'geometry',
      message = format('没保存：和“%s”重叠 %s 平方米，%s之间不能重叠。请裁掉重叠的部分。', name_,
        to_char(ceil(size), 'FM999,999,999'), l.name);
  end if;
  return null;
end $$;

drop trigger if exists apart_new on feature;
create constraint trigger apart_new after insert on feature deferrable initially deferred
  for each row when (ST_Dimension(NEW.geom) = 2) execute function keep_apart();
drop trigger if exists apart on feature;
create constraint trigger apart after update on feature deferrable initially deferred
  for each row when (NEW.deleted_seq is null and ST_Dimension(NEW.geom) = 2
    and (OLD.deleted_seq is not null or ST_AsBinary(NEW.geom) <> ST_AsBinary(OLD.geom)))
  execute function keep_apart();
