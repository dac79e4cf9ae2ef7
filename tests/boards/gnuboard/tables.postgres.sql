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
  qa_datetime timestamp(0) not null
);
