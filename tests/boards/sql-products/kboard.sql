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
  `comment` int unsigned not null,
  secret varchar(5) not null,
  notice varchar(5) not null,
  search char(1) not null,
  status varchar(20) not null,
  password varchar(127) not null
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
  user_uid bigint unsigned not null,
  user_display varchar(127) not null,
  content longtext not null,
  created char(14) not null,
  status varchar(20) not null,
  password varchar(127) not null,
  key (content_uid)
) engine = InnoDB;
create table wp_kboard_board_attached (
  uid bigint unsigned not null auto_increment primary key,
  content_uid bigint unsigned not null,
  file_name varchar(127) not null
) engine = InnoDB;
create table wp_kboard_board_setting (
  uid bigint unsigned not null auto_increment primary key,
  board_name varchar(127) not null,
  use_comment varchar(5) not null,
  admin_user text not null
) engine = InnoDB;
create table wp_kboard_board_meta (
  board_id bigint unsigned not null,
  `key` varchar(127) not null,
  value longtext not null,
  unique key meta_index (board_id, `key`)
) engine = InnoDB;
create table wp_options (option_name varchar(191) not null primary key, option_value longtext not null) engine = InnoDB;
insert into wp_options values ('timezone_string', 'Asia/Seoul'), ('gmt_offset', '0');
create table wp_users (ID bigint unsigned not null primary key, user_login varchar(60) not null) engine = InnoDB;
create table wp_usermeta (
  umeta_id bigint unsigned not null auto_increment primary key,
  user_id bigint unsigned not null,
  meta_key varchar(255),
  meta_value longtext
) engine = InnoDB;
insert into wp_kboard_board_setting values (3, '민원', 'true', 'kim,park');
insert into wp_kboard_board_meta values (3, 'permission_list', '1'), (3, 'permission_admin_roles', 'a:2:{i:0;s:13:"administrator";i:1;s:8:"operator";}');
insert into wp_users values (1, 'admin'), (2, 'hong'), (3, 'other'), (4, 'kim'), (5, 'lee'), (6, 'oh');
insert into wp_usermeta (user_id, meta_key, meta_value) values
  (1, 'wp_capabilities', 'a:1:{s:13:"administrator";b:1;}'), (2, 'wp_capabilities', 'a:1:{s:10:"subscriber";b:1;}'),
  (3, 'wp_capabilities', 'a:1:{s:10:"subscriber";b:1;}'), (4, 'wp_capabilities', 'a:1:{s:10:"subscriber";b:1;}'),
  (5, 'wp_capabilities', 'a:1:{s:6:"editor";b:1;}'), (6, 'wp_capabilities', 'a:1:{s:8:"operator";b:1;}'),
  (3, 'nickname', '"administrator"');
