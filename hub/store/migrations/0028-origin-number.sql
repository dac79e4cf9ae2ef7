-- The number that the origin's own system gave: its complainant knows that one, and other boards and notices show it. It never
-- changes, so it stands beside the complaint and is not looked up for each delivery.
alter table complaints add column origin_number text;
update complaints c set origin_number = l.external_id from links l
  where l.complaint_id = c.id and l.role = 'origin' and l.agency = c.origin and l.external_id is not null;
