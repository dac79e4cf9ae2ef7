-- A small agency's board of its own making, for MySQL and MariaDB.
create table minwon (
  no int unsigned not null auto_increment primary key,
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
  created datetime(3) not null,
  updated datetime(3) not null,
  replies int unsigned not null default 0,
  files int unsigned not null default 0,
  hub_key varchar(64),
  index by_change (updated, no),
  index by_hub_key (hub_key)
) engine = InnoDB default charset = utf8mb4;
create table minwon_reply (
  no int unsigned not null auto_increment primary key,
  minwon_no int unsigned not null,
  kind varchar(10) not null,
  contents text not null,
  department varchar(60),
  officer varchar(60),
  contact varchar(40),
  created datetime(3) not null,
  hub_key varchar(64),
  index by_minwon (minwon_no)
) engine = InnoDB default charset = utf8mb4;
create table minwon_file (
  no int unsigned not null auto_increment primary key,
  minwon_no int unsigned not null,
  reply_no int unsigned,
  stored varchar(64) not null,
  original varchar(200) not null,
  bytes bigint not null,
  created datetime(3) not null,
  index by_minwon (minwon_no)
) engine = InnoDB default charset = utf8mb4;
