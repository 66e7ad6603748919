-- What has these attributes: asked for each piece of a whole that a town adds, among all pieces there are.
create index feature_attrs on feature using gin (attrs jsonb_path_ops) where deleted_seq is null;
