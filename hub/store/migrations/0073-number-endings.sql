-- The last four digits of a complainant's telephone number are a term of their own kind (complaints/reading/search-terms.ts).
-- Complaints that are there already get it in the background, the newest first: those before `before` are still to be
-- done. No row: all are done.
create table terms_to_renew (
  before uuid not null
);
insert into terms_to_renew select 'ffffffff-ffff-ffff-ffff-ffffffffffff' where exists (select from complaint_terms);
