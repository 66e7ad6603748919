-- What lies along a road is found by the road's shown number when the road's centre line changes.
create index feature_stakes on feature (split_part(attrs ->> 'stakes', ' ', 1)) where attrs ? 'stakes';
