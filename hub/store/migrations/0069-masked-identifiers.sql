-- How often numbers of each kind were masked in what came in, before it was stored (Personal Information Protection Act,
-- article 24-2): {"rrn": 1}. Null: there were none.
alter table raw_items add column masked jsonb;
create index raw_items_masked on raw_items (agency, received_at) where masked is not null;
create index raw_items_masked_of_complaint on raw_items (complaint_id) where masked is not null;
