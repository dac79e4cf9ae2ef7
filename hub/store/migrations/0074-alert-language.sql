-- A message about alerts goes out in the language of its reader. Pages show it in the language of theirs:
-- {"ko": {"subject", "text"}, "en": {"subject", "text"}}. Null: written before, in both languages at once.
alter table alert_messages add column language text not null default 'ko';
alter table alert_messages add column words jsonb;
