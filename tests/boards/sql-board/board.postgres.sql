-- The same board for PostgreSQL.
create table minwon (
  no integer generated always as identity primary key,
  subject varchar(200) not null,
  contents text not null,
  category varchar(40),
  region varchar(40),
  writer varchar(60) not null,
  company varchar(100),
  email varchar(254),
  phone varchar(20),
  notify char(1),
  state varchar(10) not null default 'RCPT',
  created timestamp(3) not null,
  updated timestamp(3) not null,
  replies integer not null default 0,
  files integer not null default 0,
  hub_key varchar(64)
);
create index on minwon (updated, no);
create index on minwon (hub_key);
create table minwon_reply (
  no integer generated always as identity primary key,
  minwon_no integer not null references minwon (no),
  kind varchar(10) not null,
  contents text not null,
  department varchar(60),
  officer varchar(60),
  contact varchar(40),
  created timestamp(3) not null,
  hub_key varchar(64)
);
create index on minwon_reply (minwon_no);
create table minwon_file (
  no integer generated always as identity primary key,
  minwon_no integer not null references minwon (no),
  reply_no integer references minwon_reply (no),
  stored varchar(64) not null,
  original varchar(200) not null,
  bytes bigint not null,
  created timestamp(3) not null
);
create index on minwon_file (minwon_no);
