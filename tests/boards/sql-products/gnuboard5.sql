create table g5_config (
  cf_title varchar(255) not null default '',
  cf_admin varchar(100) not null default ''
) engine = MyISAM;
insert into g5_config (cf_title, cf_admin) values ('기관 누리집', 'admin');
create table g5_group (
  gr_id varchar(10) not null default '' primary key,
  gr_subject varchar(255) not null default '',
  gr_admin varchar(255) not null default ''
) engine = MyISAM;
insert into g5_group (gr_id, gr_subject, gr_admin) values ('community', '커뮤니티', ''), ('other', '다른 그룹', 'stranger');
create table g5_member (
  mb_no int not null auto_increment primary key,
  mb_id varchar(20) not null default '',
  mb_password varchar(255) not null default '',
  mb_name varchar(255) not null default '',
  mb_level tinyint not null default 0,
  unique key mb_id (mb_id)
) engine = MyISAM;
insert into g5_member (mb_id, mb_name, mb_level) values ('admin', '최고관리자', 10), ('kim', '김담당', 2), ('lee', '이계장', 8),
  ('hong', '홍길동', 2), ('park', '박지나', 2), ('stranger', '남', 2);
create table g5_board (
  bo_table varchar(20) not null default '' primary key,
  gr_id varchar(255) not null default '',
  bo_subject varchar(255) not null default '',
  bo_admin varchar(255) not null default '',
  bo_list_level tinyint not null default 1,
  bo_read_level tinyint not null default 1,
  bo_write_level tinyint not null default 1,
  bo_use_list_content tinyint not null default 0,
  bo_count_write int not null default 0,
  bo_count_comment int not null default 0
) engine = MyISAM;
create table g5_board_new (
  bn_id int not null auto_increment primary key,
  bo_table varchar(20) not null default '',
  wr_id int not null default 0,
  wr_parent int not null default 0,
  bn_datetime datetime not null default '0000-00-00 00:00:00',
  mb_id varchar(20) not null default ''
) engine = MyISAM;
create table g5_board_file (
  bo_table varchar(20) not null default '',
  wr_id int not null default 0,
  bf_no int not null default 0,
  bf_source varchar(255) not null default '',
  bf_file varchar(255) not null default '',
  bf_download int not null,
  bf_content text not null,
  bf_fileurl varchar(255) not null default '',
  bf_thumburl varchar(255) not null default '',
  bf_storage varchar(50) not null default '',
  bf_filesize int not null default 0,
  bf_width int not null default 0,
  bf_height smallint not null default 0,
  bf_type tinyint not null default 0,
  bf_datetime datetime not null default '0000-00-00 00:00:00',
  primary key (bo_table, wr_id, bf_no)
) engine = MyISAM;
create table g5_write_minwon (
  wr_id int not null auto_increment primary key,
  wr_num int not null default 0,
  wr_reply varchar(10) not null,
  wr_parent int not null default 0,
  wr_is_comment tinyint not null default 0,
  wr_comment int not null default 0,
  wr_comment_reply varchar(5) not null,
  ca_name varchar(255) not null,
  wr_option set('html1', 'html2', 'secret', 'mail') not null,
  wr_subject varchar(255) not null,
  wr_content text not null,
  wr_link1 text not null,
  wr_hit int not null default 0,
  mb_id varchar(20) not null,
  wr_password varchar(255) not null,
  wr_name varchar(255) not null,
  wr_email varchar(255) not null,
  wr_datetime datetime not null default '0000-00-00 00:00:00',
  wr_file tinyint not null default 0,
  wr_last varchar(19) not null,
  wr_ip varchar(255) not null,
  wr_1 varchar(255) not null, wr_2 varchar(255) not null, wr_3 varchar(255) not null, wr_4 varchar(255) not null,
  wr_5 varchar(255) not null, wr_6 varchar(255) not null, wr_7 varchar(255) not null, wr_8 varchar(255) not null,
  wr_9 varchar(255) not null, wr_10 varchar(255) not null,
  key wr_num_reply_parent (wr_num, wr_reply, wr_parent),
  key wr_is_comment (wr_is_comment, wr_id)
) engine = MyISAM;
insert into g5_board (bo_table, gr_id, bo_subject, bo_admin, bo_list_level) values ('minwon', 'community', '민원', 'kim', 3),
  ('free', 'other', '자유', 'stranger', 1);
create table g5_qa_content (
  qa_id int not null auto_increment primary key,
  qa_num int not null default 0,
  qa_parent int not null default 0,
  qa_related int not null default 0,
  mb_id varchar(20) not null default '',
  qa_name varchar(255) not null default '',
  qa_email varchar(255) not null default '',
  qa_hp varchar(255) not null default '',
  qa_type tinyint not null default 0,
  qa_category varchar(255) not null default '',
  qa_email_recv tinyint not null default 0,
  qa_sms_recv tinyint not null default 0,
  qa_html tinyint not null default 0,
  qa_subject varchar(255) not null default '',
  qa_content text not null,
  qa_status tinyint not null default 0,
  qa_file1 varchar(255) not null default '', qa_source1 varchar(255) not null default '',
  qa_file2 varchar(255) not null default '', qa_source2 varchar(255) not null default '',
  qa_ip varchar(255) not null default '',
  qa_datetime datetime not null default '0000-00-00 00:00:00'
) engine = MyISAM;
