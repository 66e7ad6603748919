-- What a layer's geometry is held to (data/domain/extent.ts): m of a line or m² of an area, and the overlap it bears.
alter table layer
  add column least_extent float8 not null default 0,
  add column most_overlap float8; -- m²; null: its places may overlap
