-- The app reads, and writes only what the guard watches (core design §7). Everything else goes through functions.
grant usage on schema public to guatu_app;
revoke create on schema public from public;
grant select on role_right, town, town_border, unit, layer, target, target_unit, layer_target, task_state, task_move,
  feed_head, changeset, change, feature, feature_version, observation, metric_report, task, task_version, idempotency
  to guatu_app;
grant select (id, login, name, unit, role, demo, disabled_at) on account to guatu_app;
grant insert, update on feature to guatu_app;
grant insert, update, delete on task to guatu_app;
grant insert on observation, metric_report, idempotency to guatu_app;
-- A task that comes back keeps its number, so the insert names numbers itself.
grant usage on sequence task_id_seq to guatu_app;
