-- Reasons are data: a code of the catalogue (schemas/reasons) with its parameters, or what others said in their own words. What
-- was kept as text is kept as words. Columns are added and the old ones dropped, so that no large table is written anew: only
-- rows that have a reason are touched.
do $$
declare
  kept record;
begin
  for kept in
    select * from (values
      ('links', 'last_error'), ('attempts', 'reason'), ('notices', 'last_error'), ('raw_items', 'note'),
      ('attachments', 'last_error'), ('attachment_deliveries', 'last_error'), ('alert_messages', 'last_error'),
      ('reconciliations', 'error'), ('drifts', 'note'), ('board_shapes', 'error'), ('agents', 'configuration_reason')
    ) as x(tbl, col)
  loop
    execute format('alter table %I rename column %I to %I', kept.tbl, kept.col, kept.col || '_text');
    execute format('alter table %I add column %I jsonb', kept.tbl, kept.col);
    execute format(
      $update$update %1$I set %2$I = jsonb_build_object('code', 'said', 'said', %3$I) where %3$I is not null$update$,
      kept.tbl, kept.col, kept.col || '_text');
    execute format('alter table %I drop column %I', kept.tbl, kept.col || '_text');
  end loop;
end
$$;
create index raw_items_aside on raw_items (complaint_id) where complaint_id is not null and (cut is not null or note is not null);

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
