create table ost_ticket (
  ticket_id int unsigned not null auto_increment primary key,
  `number` varchar(20),
  user_id int unsigned not null default 0,
  status_id int unsigned not null default 0,
  dept_id int unsigned not null default 0,
  topic_id int unsigned not null default 0,
  source enum('Web', 'Email', 'Phone', 'API', 'Other') not null default 'Other',
  source_extra varchar(40),
  isanswered tinyint unsigned not null default 0,
  reopened datetime,
  closed datetime,
  lastupdate datetime,
  created datetime not null,
  updated datetime not null
) engine = InnoDB;
create table ost_ticket__cdata (
  ticket_id int unsigned not null primary key,
  subject mediumtext,
  priority mediumtext
) engine = InnoDB;
create table ost_thread (
  id int unsigned not null auto_increment primary key,
  object_id int unsigned not null,
  object_type char(1) not null,
  lastresponse datetime,
  lastmessage datetime,
  created datetime not null
) engine = InnoDB;
create table ost_thread_entry (
  id int unsigned not null auto_increment primary key,
  thread_id int unsigned not null default 0,
  staff_id int unsigned not null default 0,
  user_id int unsigned not null default 0,
  `type` char(1) not null default '',
  flags int unsigned not null default 0,
  poster varchar(128) not null default '',
  source varchar(32) not null default '',
  title varchar(255),
  body text not null,
  `format` varchar(16) not null default 'html',
  created datetime not null,
  updated datetime not null
) engine = InnoDB;
create table ost_form_entry (
  id int unsigned not null auto_increment primary key,
  form_id int unsigned not null,
  object_id int unsigned,
  object_type char(1) not null default 'T',
  created datetime not null,
  updated datetime not null
) engine = InnoDB;
create table ost_form_entry_values (
  entry_id int unsigned not null,
  field_id int unsigned not null,
  `value` text,
  value_id int,
  primary key (entry_id, field_id)
) engine = InnoDB;
create table ost_user (id int unsigned not null auto_increment primary key, name varchar(128) not null) engine = InnoDB;
create table ost_user_email (
  id int unsigned not null auto_increment primary key,
  user_id int unsigned not null,
  address varchar(255) not null
) engine = InnoDB;
insert into ost_user values (1, '연계'), (2, '홍길동'), (3, '박지나');
insert into ost_user_email values (1, 2, 'hong@company.example');
