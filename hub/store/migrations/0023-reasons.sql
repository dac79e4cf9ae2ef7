-- Reasons are data: a code of the catalogue (schemas/reasons) with its parameters, or what others said in their own words. What
-- was kept as text is kept as words. Columns are added and the old ones dropped, so that no large table is written anew: only
-- rows that have a reason are touched.
alter table links rename column last_error to last_error_text;
alter table links add column last_error jsonb;
update links set last_error = jsonb_build_object('code', 'said', 'said', last_error_text) where last_error_text is not null;
alter table links drop column last_error_text;
alter table attempts rename column reason to reason_text;
alter table attempts add column reason jsonb;
update attempts set reason = jsonb_build_object('code', 'said', 'said', reason_text) where reason_text is not null;
alter table attempts drop column reason_text;
alter table notices rename column last_error to last_error_text;
alter table notices add column last_error jsonb;
update notices set last_error = jsonb_build_object('code', 'said', 'said', last_error_text) where last_error_text is not null;
alter table notices drop column last_error_text;
alter table raw_items rename column note to note_text;
alter table raw_items add column note jsonb;
update raw_items set note = jsonb_build_object('code', 'said', 'said', note_text) where note_text is not null;
alter table raw_items drop column note_text;
create index raw_items_aside on raw_items (complaint_id) where complaint_id is not null and (cut is not null or note is not null);
alter table attachments rename column last_error to last_error_text;
alter table attachments add column last_error jsonb;
update attachments set last_error = jsonb_build_object('code', 'said', 'said', last_error_text) where last_error_text is not null;
alter table attachments drop column last_error_text;
alter table attachment_deliveries rename column last_error to last_error_text;
alter table attachment_deliveries add column last_error jsonb;
update attachment_deliveries set last_error = jsonb_build_object('code', 'said', 'said', last_error_text) where last_error_text is not null;
alter table attachment_deliveries drop column last_error_text;
alter table alert_messages rename column last_error to last_error_text;
alter table alert_messages add column last_error jsonb;
update alert_messages set last_error = jsonb_build_object('code', 'said', 'said', last_error_text) where last_error_text is not null;
alter table alert_messages drop column last_error_text;
alter table reconciliations rename column error to error_text;
alter table reconciliations add column error jsonb;
update reconciliations set error = jsonb_build_object('code', 'said', 'said', error_text) where error_text is not null;
alter table reconciliations drop column error_text;
alter table drifts rename column note to note_text;
alter table drifts add column note jsonb;
update drifts set note = jsonb_build_object('code', 'said', 'said', note_text) where note_text is not null;
alter table drifts drop column note_text;
alter table board_shapes rename column error to error_text;
alter table board_shapes add column error jsonb;
update board_shapes set error = jsonb_build_object('code', 'said', 'said', error_text) where error_text is not null;
alter table board_shapes drop column error_text;
alter table agents rename column configuration_reason to configuration_reason_text;
alter table agents add column configuration_reason jsonb;
update agents set configuration_reason = jsonb_build_object('code', 'said', 'said', configuration_reason_text) where configuration_reason_text is not null;
alter table agents drop column configuration_reason_text;

-- The kind of a failed poll stood before its words.
alter table boards rename column poll_error to poll_error_text;
alter table boards rename column last_error to last_error_text;
alter table boards
  add column poll_error jsonb,
  add column poll_error_kind text check (poll_error_kind in ('unreachable', 'busy', 'unauthorised', 'malformed')),
  add column last_error jsonb;
update boards set
  poll_error = case when poll_error_text is not null then jsonb_build_object('code', 'said',
    'said', regexp_replace(poll_error_text, '^(unreachable|busy|unauthorised|malformed): ', '')) end,
  poll_error_kind = substring(poll_error_text from '^(unreachable|busy|unauthorised|malformed):'),
  last_error = case when last_error_text is not null then jsonb_build_object('code', 'said', 'said', last_error_text) end
  where poll_error_text is not null or last_error_text is not null;
alter table boards drop column poll_error_text, drop column last_error_text;

-- Two of them raise the alert mails-parked, which asks for their codes.
update raw_items set problems = (
  select coalesce(jsonb_agg(jsonb_build_object('pointer', p -> 'pointer', 'reason', case
      when p ->> 'message' like 'a mail about this complaint did not arrive at %' then jsonb_build_object('code', 'mail_bounced',
        'params', jsonb_build_object('who', substring(p ->> 'message' from '^a mail about this complaint did not arrive at (.*): correct the address')))
      when p ->> 'message' like 'who is this? %' then jsonb_build_object('code', 'mail_who',
        'params', jsonb_build_object('detail', jsonb_build_object('code', 'said', 'said', substr(p ->> 'message', 14))))
      else jsonb_build_object('code', 'said', 'said', p ->> 'message') end)), '[]')
  from jsonb_array_elements(problems) as p
) where problems is not null;

update alerts set items = (
  select coalesce(jsonb_agg(jsonb_build_object('code', 'said', 'said', i) || case when condition = 'ledger-difference'
    then jsonb_build_object('params', jsonb_build_object('day', left(i, 10))) else '{}' end), '[]')
  from jsonb_array_elements_text(items) as i
);
