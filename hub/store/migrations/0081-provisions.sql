-- Each copy of a complaint that left the hub (개인정보 보호법, articles 17 and 18): to whom, what for, on which basis, which items. Written in
-- the transaction of its outcome; hub/store/states/provision-state.ts owns it.
create sequence provision_ids;
create table provisions (
  -- One sequence for all schemas: copies of this table keep their numbers when they are copied anew.
  id bigint primary key default nextval('public.provision_ids'),
  at timestamptz not null default now(),
  complaint_id uuid not null,
  -- The agency that got it. Null: the complainant.
  agency text,
  way text not null check (way in ('board', 'agent', 'feed', 'endpoint', 'email', 'sms')),
  -- The name of an endpoint; empty otherwise.
  recipient text not null,
  -- The event that it told of.
  seq integer not null,
  -- What the copy held of the person: name, masked_name, company, phone, email; text; files.
  items text[] not null,
  purpose text not null check (purpose in ('origin', 'handling', 'contribution', 'sharing', 'informing', 'notice')),
  basis text not null check (basis in ('own', 'act_16', 'act_20', 'configured', 'duty')),
  -- False: it was sent, and no reply came.
  certain boolean not null,
  -- The link, delivery or notice by which it went.
  source uuid not null
);
create index provisions_of_complaint on provisions (complaint_id, id);
create index provisions_of_agency on provisions (agency, at, id);

-- What a copy in this role holds of the person. Only names of items leave it. It sees the complaints of the schema that the caller sees.
create function provided_items(complaint uuid, role text) returns text[] language sql stable as $$
  select case when role = 'part' then array['masked_name', 'text']
    else array(select item from unnest(array['name', 'company', 'phone', 'email']) with ordinality as known(item, place)
      where content -> 'complainant' ->> item is not null order by place) || array['text'] end
  from complaints where id = complaint
$$;
