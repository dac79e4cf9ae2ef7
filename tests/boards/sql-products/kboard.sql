create table wp_kboard_board_content (
  uid bigint unsigned not null auto_increment primary key,
  board_id bigint unsigned not null,
  parent_uid bigint unsigned not null,
  member_uid bigint unsigned not null,
  member_display varchar(127) not null,
  title varchar(127) not null,
  content longtext not null,
  `date` char(14) not null,
  `update` char(14) not null,
  category1 varchar(127) not null, category2 varchar(127) not null, category3 varchar(127) not null,
  category4 varchar(127) not null, category5 varchar(127) not null,
  secret varchar(5) not null,
  status varchar(20) not null
) engine = InnoDB;
create table wp_kboard_board_option (
  uid bigint unsigned not null auto_increment primary key,
  content_uid bigint unsigned not null,
  option_key varchar(127) not null,
  option_value text not null,
  key (content_uid)
) engine = InnoDB;
create table wp_kboard_comments (
  uid bigint unsigned not null auto_increment primary key,
  content_uid bigint unsigned not null,
  parent_uid bigint unsigned not null,
  user_display varchar(127) not null,
  content longtext not null,
  created char(14) not null,
  status varchar(20) not null,
  key (content_uid)
) engine = InnoDB;
create table wp_kboard_board_attached (
  uid bigint unsigned not null auto_increment primary key,
  content_uid bigint unsigned not null,
  file_name varchar(127) not null
) engine = InnoDB;
