create table COMTECOPSEQ (TABLE_NAME varchar(20) not null primary key, NEXT_ID decimal(30) not null default 0) engine = InnoDB;
insert into COMTECOPSEQ values ('NTT_ID', 501), ('QA_ID', 31);
create table COMTNFILE (
  ATCH_FILE_ID char(20) not null primary key,
  CREAT_DT datetime not null,
  USE_AT char(1)
) engine = InnoDB;
create table COMTNFILEDETAIL (
  ATCH_FILE_ID char(20) not null,
  FILE_SN decimal(10) not null,
  FILE_STRE_COURS varchar(2000) not null,
  STRE_FILE_NM varchar(255) not null,
  ORIGNL_FILE_NM varchar(255),
  FILE_EXTSN varchar(20) not null,
  FILE_CN mediumtext,
  FILE_SIZE decimal(8),
  primary key (ATCH_FILE_ID, FILE_SN),
  foreign key (ATCH_FILE_ID) references COMTNFILE (ATCH_FILE_ID)
) engine = InnoDB;
create table COMTNBBS (
  NTT_ID decimal(20) not null,
  BBS_ID char(30) not null,
  NTT_NO decimal(20),
  NTT_SJ varchar(2000),
  NTT_CN mediumtext,
  ANSWER_AT char(1),
  PARNTSCTT_NO decimal(10),
  ANSWER_LC decimal(8),
  SORT_ORDR decimal(8),
  USE_AT char(1) not null,
  NTCR_ID varchar(20),
  NTCR_NM varchar(20),
  ATCH_FILE_ID char(20),
  SECRET_AT char(1),
  FRST_REGIST_PNTTM datetime not null,
  FRST_REGISTER_ID varchar(20) not null,
  LAST_UPDT_PNTTM datetime,
  primary key (NTT_ID, BBS_ID)
) engine = InnoDB;
create table COMTNCOMMENT (
  NTT_ID decimal(20) not null,
  BBS_ID char(30) not null,
  ANSWER_NO decimal(20) not null,
  WRTER_ID varchar(20),
  WRTER_NM varchar(20),
  ANSWER varchar(200),
  USE_AT char(1) not null,
  FRST_REGIST_PNTTM datetime not null,
  FRST_REGISTER_ID varchar(20) not null,
  LAST_UPDT_PNTTM datetime,
  primary key (NTT_ID, BBS_ID, ANSWER_NO)
) engine = InnoDB;
create table COMTNBBSMASTER (BBS_ID char(30) not null primary key, REPLY_POSBL_AT char(1)) engine = InnoDB;
insert into COMTNBBSMASTER values ('BBSMSTR_000000000001', 'Y');
create table COMTNGNRLMBER (ESNTL_ID char(20) not null primary key, MBER_ID varchar(20) not null) engine = InnoDB;
create table COMTNEMPLYRINFO (ESNTL_ID char(20) not null primary key, EMPLYR_ID varchar(20) not null) engine = InnoDB;
create view COMVNUSERMASTER (ESNTL_ID, USER_ID, USER_SE) as
  select ESNTL_ID, MBER_ID, 'GNR' from COMTNGNRLMBER union all select ESNTL_ID, EMPLYR_ID, 'USR' from COMTNEMPLYRINFO;
insert into COMTNGNRLMBER values ('USRCNFRM_00000000001', 'hong'), ('USRCNFRM_00000000002', 'other');
insert into COMTNEMPLYRINFO values ('USRCNFRM_00000000009', 'kim'), ('USRCNFRM_00000000008', 'lee');
create table COMTNQAINFO (
  QA_ID char(20) not null primary key,
  QESTN_SJ varchar(255),
  QESTN_CN varchar(2500),
  WRITNG_DE char(20),
  EMAIL_ADRES varchar(50),
  QNA_PROCESS_STTUS_CODE char(1),
  WRTER_NM varchar(20),
  ANSWER_CN varchar(2500),
  ANSWER_DE char(20),
  EMAIL_ANSWER_AT char(1),
  AREA_NO varchar(4), MIDDLE_TELNO varchar(4), END_TELNO varchar(4)
) engine = InnoDB;
