create table wp_posts (
  ID bigint unsigned not null auto_increment primary key,
  post_author bigint unsigned not null default 0,
  post_date datetime not null default '0000-00-00 00:00:00',
  post_date_gmt datetime not null default '0000-00-00 00:00:00',
  post_content longtext not null,
  post_title text not null,
  post_excerpt text not null,
  post_status varchar(20) not null default 'publish',
  comment_status varchar(20) not null default 'open',
  ping_status varchar(20) not null default 'open',
  post_name varchar(200) not null default '',
  to_ping text not null,
  pinged text not null,
  post_modified datetime not null default '0000-00-00 00:00:00',
  post_modified_gmt datetime not null default '0000-00-00 00:00:00',
  post_content_filtered longtext not null,
  guid varchar(255) not null default '',
  post_type varchar(20) not null default 'post',
  comment_count bigint not null default 0
) engine = InnoDB;
create table wp_comments (
  comment_ID bigint unsigned not null auto_increment primary key,
  comment_post_ID bigint unsigned not null default 0,
  comment_author tinytext not null,
  comment_author_IP varchar(100) not null default '',
  comment_date datetime not null default '0000-00-00 00:00:00',
  comment_date_gmt datetime not null default '0000-00-00 00:00:00',
  comment_content text not null,
  comment_approved varchar(20) not null default '1',
  comment_agent varchar(255) not null default '',
  comment_type varchar(20) not null default 'comment',
  user_id bigint unsigned not null default 0,
  key (comment_post_ID)
) engine = InnoDB;
create table wp_term_taxonomy (
  term_taxonomy_id bigint unsigned not null auto_increment primary key,
  taxonomy varchar(32) not null default ''
) engine = InnoDB;
create table wp_term_relationships (
  object_id bigint unsigned not null default 0,
  term_taxonomy_id bigint unsigned not null default 0,
  primary key (object_id, term_taxonomy_id)
) engine = InnoDB;
create table wp_options (option_name varchar(191) not null primary key, option_value longtext not null) engine = InnoDB;
create table wp_users (
  ID bigint unsigned not null primary key,
  user_login varchar(60) not null,
  user_email varchar(100) not null,
  display_name varchar(250) not null
) engine = InnoDB;
create table wp_usermeta (
  umeta_id bigint unsigned not null auto_increment primary key,
  user_id bigint unsigned not null,
  meta_key varchar(255),
  meta_value longtext
) engine = InnoDB;
insert into wp_options values ('timezone_string', 'Asia/Seoul'), ('gmt_offset', '0');
insert into wp_term_taxonomy values (3, 'category'), (4, 'category');
insert into wp_users values (1, 'admin', 'admin@site.example', '관리자'), (2, 'hong', 'hong@company.example', '홍길동'),
  (3, 'park', 'park@site.example', '박지나'), (4, 'kim', 'kim@site.example', '김담당'), (5, 'oh', 'oh@site.example', '오담당');
insert into wp_usermeta (user_id, meta_key, meta_value) values
  (1, 'wp_capabilities', 'a:1:{s:13:"administrator";b:1;}'), (2, 'wp_capabilities', 'a:1:{s:6:"author";b:1;}'),
  (3, 'wp_capabilities', 'a:2:{s:10:"subscriber";b:1;s:6:"editor";b:0;}'), (4, 'wp_capabilities', 'a:1:{s:6:"editor";b:1;}'),
  (5, 'wp_capabilities', 'a:2:{s:10:"subscriber";b:1;s:17:"moderate_comments";b:1;}'), (3, 'nickname', '"administrator";b:1');
