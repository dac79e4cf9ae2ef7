-- An upload has its row before its first byte comes, so that what is on its way counts towards the agency's quota, too.
alter table uploads alter column sha256 drop not null;
-- how large it may become, while there is no content
alter table uploads add column expected_size bigint not null default 0;
-- whether a complaint, an answer or a follow-up refers to it: from then on it counts no more
alter table uploads add column named boolean not null default false;
update uploads u set named = true
  from attachments a where a.sha256 = u.sha256 and a.agency = u.agency and a.declared ->> 'id' = u.id::text;
create index uploads_unnamed on uploads (agency) where not named;
