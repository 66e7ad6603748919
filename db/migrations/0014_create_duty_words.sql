-- What a town says about answering for a place at its border: 认领, 不归本镇, 异议; `withdraw` takes its last word back.
-- Only ever added to. A word holds for the shape it was said of, until the 责任属地 is confirmed.
create table duty_word (
  seq bigint primary key references changeset,
  feature_id bigint not null references feature,
  town text not null references town,
  word text not null,
  shape text not null
);
create index duty_word_of on duty_word (feature_id, seq);

alter table change drop constraint change_kind_check;
alter table change add constraint change_kind_check
  check (kind in ('feature', 'task', 'observation', 'report', 'photo', 'proposal', 'duty'));

grant select on duty_word to guatu_app;
