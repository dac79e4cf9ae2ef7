create table rx_numbers (number bigint not null auto_increment primary key) engine = InnoDB auto_increment = 100;
create table rx_documents (
  document_srl bigint not null primary key,
  module_srl bigint not null default 0,
  category_srl bigint not null default 0,
  title varchar(250) not null,
  content longtext not null,
  user_name varchar(80),
  nick_name varchar(80) not null,
  email_address varchar(250),
  extra_vars text,
  regdate char(14),
  last_update char(14),
  status varchar(20) not null default 'PUBLIC',
  comment_status varchar(20) default 'ALLOW',
  list_order bigint not null
) engine = InnoDB;
create table rx_comments (
  comment_srl bigint not null primary key,
  document_srl bigint not null default 0,
  parent_srl bigint not null default 0,
  is_secret char(1) not null default 'N',
  content text not null,
  nick_name varchar(80) not null,
  regdate char(14),
  status bigint not null default 1,
  key (document_srl)
) engine = InnoDB;
create table rx_comments_list (
  comment_srl bigint not null primary key,
  document_srl bigint not null default 0,
  head bigint not null default 0,
  arrange bigint not null default 0,
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
