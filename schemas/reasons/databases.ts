import type { ReasonTexts } from '../reason-texts.ts';

/** Boards that consist of a database and a folder of files (adapters/sql). */
export const databasesReasons = {
  sql_no_table: [
    '{table} 테이블이 없거나 이 계정으로 볼 수 없습니다. 기관 설정의 테이블 이름과 계정의 권한을 확인하십시오',
    'there is no table {table} that this user may see',
  ],
  sql_no_rows: [
    '응답에 행 목록이 없습니다. 기관 설정의 데이터베이스 종류를 확인하십시오',
    'the reply holds no rows',
  ],
  sql_foreign_reply: [
    '이 종류의 데이터베이스가 보낸 응답이 아닙니다. 기관 설정의 데이터베이스 종류와 포트를 확인하십시오',
    'the reply is none of this kind of database',
  ],
  sql_charset_name: [
    '서버가 알려 준 문자집합 이름이 올바르지 않습니다. 데이터베이스의 문자집합 설정을 확인하십시오',
    'the server names a charset that is no word',
  ],
  sql_long_message: ['{count}자에 이르는 서버 메시지', 'a message of {count} letters'],
  sql_still_running: [
    '같은 민원에 대한 앞의 작업이 서버에서 아직 끝나지 않았습니다. 끝나면 저절로 다시 시도합니다',
    'an earlier call for this complaint is still running on the server',
  ],
  sql_not_numbering: [
    '{table} 테이블이 행 번호를 매기지 않습니다. 테이블의 번호 열과 기관 설정을 확인하십시오',
    '{table} does not number its rows',
  ],
  sql_no_number: [
    '{table} 테이블에서 번호를 받지 못했습니다. 기관 설정의 번호 테이블을 확인하십시오',
    'no number could be taken from {table}',
  ],
  sql_no_condition: [
    '행을 찾는 데 쓰는 "{column}"의 값이 없습니다. 기관 설정의 where를 확인하십시오',
    'there is no value for "{column}", by which the row is found',
  ],
  sql_where: ['{column} 조건', 'where {column}'],
  sql_must_have_value: [
    '값이 있어야 합니다. 기관 설정의 변환식이 값을 주도록 고치십시오',
    'must have a value',
  ],
  sql_too_many_characters: [
    '{length}자입니다. 이 열에는 {limit}자까지 들어갑니다. 게시판에 줄여서 직접 적고 건너뛰거나, 열을 늘린 뒤 다시 시도하십시오',
    'has {length} characters; the column holds {limit}',
  ],
  sql_too_many_bytes: [
    '{charset}로 {length}바이트입니다. 이 열에는 {limit}바이트까지 들어갑니다. 게시판에 줄여서 직접 적고 건너뛰거나, 열을 늘린 뒤 다시 시도하십시오',
    'has {length} bytes in {charset}; the column holds {limit}',
  ],
  sql_nul: [
    'U+0000이 있습니다. 텍스트 열에 담을 수 없습니다. 게시판에 직접 적고 건너뛰십시오',
    'contains U+0000, which a column of text cannot hold',
  ],
  sql_half_character: [
    '글자의 반쪽(짝 없는 서로게이트)이 있습니다. 게시판에 직접 적고 건너뛰십시오',
    'contains half a character (a lone surrogate)',
  ],
  sql_part_too_short: [
    '열이 너무 짧아 나눈 글도 담을 수 없습니다. 열을 늘린 뒤 다시 시도하십시오',
    'a column of this length cannot hold a part of a text',
  ],

  // The board's folder of files.
  folder_timed_out: [
    '파일 폴더가 제때 응답하지 않아 중단했습니다. 계속되면 공유 폴더의 연결을 확인하십시오',
    'given up: the folder of files did not answer in time',
  ],
  folder_code: ['{detail} ({code})', '{detail} ({code})'],
  folder_no_right: [
    '이 계정은 파일 폴더에서 그 작업을 할 수 없습니다. 폴더의 권한을 확인하십시오',
    'this user may not do that in the folder of files',
  ],
  folder_symbolic_link: [
    '게시판이 가리킨 것이 심볼릭 링크입니다. 그 자리에 일반 파일을 두십시오',
    'the board names a symbolic link',
  ],
  folder_behind_link: [
    '게시판이 가리킨 파일이 심볼릭 링크 뒤에 있습니다. 그 폴더에 일반 파일을 두십시오',
    'the board names a file behind a symbolic link',
  ],
  folder_no_plain_file: [
    '게시판이 가리킨 것이 일반 파일이 아닙니다. 게시판에서 그 글의 파일을 확인하십시오',
    'what the board names is no plain file',
  ],
  folder_outside: [
    '게시판이 가리킨 파일이 그 폴더 아래에 있지 않습니다. 게시판에서 그 글의 파일을, 기관 설정에서 폴더를 확인하십시오',
    'the board names a file that is not below its folder',
  ],
  folder_long_name: [
    '폴더에 쓰기에는 이름이 너무 깁니다. 파일을 게시판에 직접 올리고 이 파일 없이 진행하십시오',
    'the name is longer than the folder takes',
  ],
  folder_full: [
    '파일 폴더의 디스크가 가득 찼습니다. 자리를 늘리십시오. 자리가 나면 저절로 다시 합니다',
    'the disk of the folder of files is full',
  ],
  folder_not_working: [
    '파일 폴더를 지금 쓸 수 없습니다. 계속되면 그 디스크나 공유 폴더를 확인하십시오',
    'the folder of files does not work now',
  ],
  folder_away: [
    '파일 폴더가 없습니다. 공유 폴더가 연결되어 있는지 확인하십시오',
    'the folder of files is not there; is its share mounted?',
  ],
  folder_is_none: [
    '파일 폴더로 설정한 것이 폴더가 아닙니다. 기관 설정의 경로를 바로잡으십시오',
    'the folder of files is none',
  ],
  folder_file_gone: [
    '폴더에 그 파일이 더 이상 없습니다. 게시판에 파일을 다시 올리십시오',
    'the file is not in the folder any more',
  ],
  folder_begun_anew: [
    '다른 작업이 같은 파일을 새로 쓰기 시작했습니다',
    'another call began the same file anew',
  ],
  folder_other_content: [
    '받은 내용이 알려 온 것과 다릅니다. 다시 시도하십시오',
    'the content that came is not the one that was announced',
  ],
  table_without_file: [
    '게시판 {table} 테이블에 그 파일이 더 이상 없습니다. 게시판에서 그 글의 파일을 확인하십시오',
    'the board has no such file in {table} any more',
  ],
} as const satisfies ReasonTexts;
