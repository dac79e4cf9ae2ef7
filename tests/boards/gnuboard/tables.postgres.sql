-- The columns of GNUBoard 5's 1:1 questions, for PostgreSQL: the demo has no other database.
create table if not exists g5_qa_content (
  qa_id serial primary key,
  qa_num int not null default 0,
  qa_parent int not null default 0,
  qa_related int not null default 0,
  mb_id varchar(20) not null default '',
  qa_name varchar(255) not null default '',
  qa_email varchar(255) not null default '',
  qa_hp varchar(255) not null default '',
  qa_type smallint not null default 0,
  qa_category varchar(255) not null default '',
  qa_email_recv smallint not null default 0,
  qa_sms_recv smallint not null default 0,
  qa_html smallint not null default 0,
  qa_subject varchar(255) not null default '',
  qa_content text not null,
  qa_status smallint not null default 0,
  qa_file1 varchar(255) not null default '', qa_source1 varchar(255) not null default '',
  qa_file2 varchar(255) not null default '', qa_source2 varchar(255) not null default '',
  qa_ip varchar(255) not null default '',
  qa_datetime timestamp(0) not null
);
-- A board of an earlier demo.
alter table g5_qa_content add column if not exists qa_ip varchar(255) not null default '';
update g5_qa_content set qa_related = case qa_type when 1 then qa_parent else qa_id end where qa_related = 0;
