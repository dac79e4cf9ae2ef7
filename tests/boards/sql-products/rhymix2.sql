create table rx_sequence (seq bigint not null auto_increment primary key) engine = InnoDB auto_increment = 100;
create table rx_documents (
  document_srl bigint not null primary key,
  module_srl bigint not null default 0,
  category_srl bigint not null default 0,
  title varchar(250) not null,
  is_notice char(1) not null default 'N',
  content longtext not null,
  comment_count bigint not null default 0,
  password varchar(250),
  user_id varchar(80),
  user_name varchar(80) not null,
  nick_name varchar(80) not null,
  member_srl bigint not null,
  email_address varchar(250) not null,
  homepage varchar(250) not null,
  extra_vars text,
  regdate char(14),
  last_update char(14),
  last_updater varchar(80),
  ipaddress varchar(128) not null,
  status varchar(20) default 'PUBLIC',
  comment_status varchar(20) default 'ALLOW',
  allow_trackback char(1) not null default 'Y',
  list_order bigint not null,
  update_order bigint not null
) engine = InnoDB;
create table rx_comments (
  comment_srl bigint not null primary key,
  module_srl bigint not null default 0,
  document_srl bigint not null default 0,
  parent_srl bigint not null default 0,
  is_secret char(1) not null default 'N',
  content longtext not null,
  password varchar(250),
  user_id varchar(80),
  user_name varchar(80) not null,
  nick_name varchar(80) not null,
  member_srl bigint not null,
  email_address varchar(250) not null,
  regdate char(14),
  last_update char(14),
  ipaddress varchar(128) not null,
  list_order bigint not null,
  status bigint not null default 1,
  key (document_srl)
) engine = InnoDB;
create table rx_comments_list (
  comment_srl bigint not null primary key,
  document_srl bigint not null default 0,
  head bigint not null default 0,
  arrange bigint not null default 0,
  module_srl bigint not null default 0,
  regdate char(14),
  depth bigint not null default 0
) engine = InnoDB;
create table rx_files (
  file_srl bigint not null primary key,
  upload_target_srl bigint not null default 0,
  source_filename varchar(250),
  uploaded_filename varchar(250),
  file_size bigint not null default 0,
  isvalid char(1) default 'N'
) engine = InnoDB;
create table rx_member (
  member_srl bigint not null primary key,
  user_id varchar(80) not null,
  is_admin char(1) not null default 'N'
) engine = InnoDB;
create table rx_member_group (group_srl bigint not null primary key, is_default char(1) not null default 'N') engine = InnoDB;
create table rx_member_group_member (group_srl bigint not null, member_srl bigint not null, key (member_srl)) engine = InnoDB;
create table rx_module_admins (module_srl bigint not null, member_srl bigint not null) engine = InnoDB;
create table rx_module_grants (module_srl bigint not null, name varchar(20) not null, group_srl bigint not null) engine = InnoDB;
create table rx_module_extra_vars (module_srl bigint not null, name varchar(80) not null, value text) engine = InnoDB;
create table rx_module_part_config (
  module varchar(80) not null,
  module_srl bigint not null,
  config longtext,
  primary key (module, module_srl)
) engine = InnoDB;
insert into rx_member values (5, 'admin', 'Y'), (71, 'hong', 'N'), (72, 'other', 'N'), (73, 'kim', 'N'), (74, 'lee', 'N');
insert into rx_member_group values (2, 'N'), (3, 'Y');
insert into rx_member_group_member values (2, 74), (3, 71), (3, 72), (3, 73);
insert into rx_module_grants values (77, 'list', -3), (77, 'write_comment', -1);
