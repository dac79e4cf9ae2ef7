-- The form is node 1; its fields are 1 title, 2 body, 3 name, 4 email, 5 state, 6 answer.
create table webform_submissions (
  sid int unsigned not null auto_increment primary key,
  nid int unsigned not null default 0,
  `serial` int unsigned not null,
  uid int unsigned not null default 0,
  is_draft tinyint not null default 0,
  highest_valid_page smallint not null default 0,
  submitted int not null default 0,
  completed int not null default 0,
  modified int not null default 0,
  remote_addr varchar(128),
  unique key sid_nid (sid, nid),
  unique key nid_serial (nid, `serial`)
) engine = InnoDB;
create table webform_submitted_data (
  nid int unsigned not null default 0,
  sid int unsigned not null default 0,
  cid smallint unsigned not null default 0,
  `no` varchar(128) not null default '0',
  data mediumtext not null,
  primary key (nid, sid, cid, `no`)
) engine = InnoDB;
create table webform_component (
  nid int unsigned not null default 0,
  cid smallint unsigned not null default 0,
  form_key varchar(128),
  extra text not null,
  primary key (nid, cid)
) engine = InnoDB;
create table users (uid int unsigned not null primary key, `name` varchar(60) not null default '', mail varchar(254) default '') engine = InnoDB;
create table role_permission (rid int unsigned not null, permission varchar(128) not null default '', primary key (rid, permission)) engine = InnoDB;
insert into webform_component values (1, 5, 'state', 'a:2:{s:7:"private";i:1;s:6:"aslist";i:1;}'), (1, 6, 'answer', 'a:1:{s:7:"private";i:0;}');
insert into users values (0, '', ''), (1, 'admin', 'admin@site.example'), (2, 'hong', 'hong@company.example');
insert into role_permission values (1, 'access own webform submissions');
