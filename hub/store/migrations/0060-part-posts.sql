-- What an agency is asked for (migration 0047) reaches its board as a post of its own, beside the complaint itself where its board
-- holds that too. Such a post has a link of its own. `contribution`: the number of what is asked. Null: a link to the complaint itself.
alter table links add column contribution integer check (contribution > 0);
alter table links add constraint links_part_check check (contribution is null or (role = 'part' and state <> 'screen'));
alter table links drop constraint links_complaint_id_agency_key;
create unique index links_of_complaint on links (complaint_id, agency, coalesce(contribution, 0));
