-- Reasons are data: a code of the catalogue (schemas/reasons) with its parameters, or what others said in their own words. What
-- was kept as text is kept as words. The tables are written anew; a hub of before cannot run beside it.
alter table links alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;
alter table attempts alter column reason type jsonb using case when reason is not null then jsonb_build_object('code', 'said', 'said', reason) end;
alter table notices alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;
alter table raw_items alter column note type jsonb using case when note is not null then jsonb_build_object('code', 'said', 'said', note) end;
alter table attachments alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;
alter table attachment_deliveries alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;
alter table alert_messages alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;
alter table reconciliations alter column error type jsonb using case when error is not null then jsonb_build_object('code', 'said', 'said', error) end;
alter table drifts alter column note type jsonb using case when note is not null then jsonb_build_object('code', 'said', 'said', note) end;
alter table board_shapes alter column error type jsonb using case when error is not null then jsonb_build_object('code', 'said', 'said', error) end;
alter table agents alter column configuration_reason type jsonb using case when configuration_reason is not null then jsonb_build_object('code', 'said', 'said', configuration_reason) end;

-- The kind of a failed poll stood before its words.
alter table boards add column poll_error_kind text
  check (poll_error_kind in ('unreachable', 'busy', 'unauthorised', 'malformed'));
update boards set poll_error_kind = substring(poll_error from '^(unreachable|busy|unauthorised|malformed):')
  where poll_error is not null;
alter table boards
  alter column poll_error type jsonb
    using case when poll_error is not null then jsonb_build_object('code', 'said', 'said', regexp_replace(poll_error, '^(unreachable|busy|unauthorised|malformed): ', '')) end,
  alter column last_error type jsonb using case when last_error is not null then jsonb_build_object('code', 'said', 'said', last_error) end;

update raw_items set problems = (
  select coalesce(jsonb_agg(jsonb_build_object('pointer', p -> 'pointer', 'reason',
    jsonb_build_object('code', 'said', 'said', p ->> 'message'))), '[]')
  from jsonb_array_elements(problems) as p
) where problems is not null;

update alerts set items = (
  select coalesce(jsonb_agg(jsonb_build_object('code', 'said', 'said', i) || case when condition = 'ledger-difference'
    then jsonb_build_object('params', jsonb_build_object('day', left(i, 10))) else '{}' end), '[]')
  from jsonb_array_elements_text(items) as i
);
