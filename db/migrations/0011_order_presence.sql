-- What a tab says overtakes itself on the way: each word has its turn, and one that comes late changes nothing. A tab that has
-- said good-bye keeps its turn without a feature until it is forgotten.
alter table presence add column turn int not null default 0;
alter table presence alter column feature_id drop not null;
