import type { ReasonTexts } from '../reason-texts.ts';

/** Why the hub does not accept or hand out a file (hub/attachments). */
export const filesReasons = {
  file_too_large: ['{size}보다 큽니다. 파일을 줄이거나 나누어 다시 보내십시오', 'is larger than {size}'],
  files_too_large: [
    '한 글의 파일을 모두 더하면 {size}보다 큽니다. 파일을 줄이거나 나누어 다시 보내십시오',
    'the files of one text are larger than {size} together',
  ],
  too_large_together: [
    '모두 더하면 {size}보다 큽니다. 파일을 줄이거나 나누어 다시 보내십시오',
    'is larger than {size} together',
  ],
  too_many_files: [
    '한 글의 파일이 {n}개를 넘습니다. 파일을 나누어 다시 보내십시오',
    'more than {n} files come with one text',
  ],
  holds_too_many_files: [
    '파일이 {n}개를 넘습니다. 파일을 나누어 다시 보내십시오',
    'holds more than {n} files',
  ],
  file_type: [
    '.{type} 파일은 받지 않습니다. 받는 종류: {types}. 다른 종류로 바꾸어 다시 보내십시오',
    'files of the type .{type} are not taken; taken are {types}',
  ],
  file_without_ending: [
    '확장자가 없는 파일은 받지 않습니다. 받는 종류: {types}. 확장자를 붙여 다시 보내십시오',
    'files without an ending are not taken; taken are {types}',
  ],
  file_disguised: [
    '이름은 .{type}이지만 내용은 {found}입니다. 이름과 내용이 맞는 파일을 다시 보내십시오',
    'is called .{type}, but its content is {found}',
  ],
  file_of_no_known_type: ['알 수 없는 종류', 'something of no known type'],
  file_empty: ['내용이 없습니다. 파일을 확인하고 다시 보내십시오', 'has no content'],
  file_infected: ['악성 코드가 있습니다: {name}. 치료한 파일을 다시 보내십시오', 'clamd found {name} in it'],
  file_removed: [
    '고유식별번호가 있어 담당자가 뺐습니다',
    'an officer removed it: numbers of a person stand in it',
  ],
  file_not_scanned: [
    '백신(clamd)이 판정하지 못했습니다: {detail}. 복구되면 다시 됩니다',
    'clamd gives no verdict: {detail}',
  ],
  scanner_hung_up: ['응답 없이 연결을 끊었습니다', 'it hung up without a reply'],
  file_digest: [
    'SHA-256이 알려 온 값과 다릅니다. 파일을 다시 보내십시오',
    'its SHA-256 is not the one that was announced',
  ],
  file_size: [
    '알려 온 크기는 {announced}바이트인데 {n}바이트입니다. 파일을 다시 보내십시오',
    'has {n} bytes where {announced} were announced',
  ],
  too_many_unnamed: [
    '하나가 더 많습니다. 아직 민원에 붙지 않은 파일은 {n}개, {size}까지입니다. 보낸 파일을 민원·답변·추가 질의에 붙이거나 하루를 기다리십시오',
    'is one too many: {n} files and {size} may wait to be named; name those that were sent in complaints, answers or follow-ups, or wait a day',
  ],
  unknown_upload: [
    '이 기관이 올린 파일이 아니거나 하루가 지났습니다. id를 빼고 내용을 나중에 보내거나, 먼저 올리십시오',
    'is not an upload of this agency, or older than a day; leave the id out and send the content afterwards, or upload it first',
  ],
  type_not_taken: ['받지 않는 종류입니다. 다른 종류로 바꾸어 다시 보내십시오', 'this type is not taken'],
  content_missing: [
    '저장소에 내용이 없습니다. 관리자는 저장소와 백업을 확인하십시오',
    'the content is not in the store',
  ],
  content_changed: [
    '저장된 내용이 바뀌었거나 잘렸습니다. 관리자는 저장소의 백업에서 되돌리십시오',
    'the stored content was changed or cut: put it back from a backup of the store',
  ],
  content_without_key: [
    '데이터 키 {key} 없이는 암호화된 내용을 열 수 없습니다. 관리자는 데이터베이스와 저장소의 백업이 같은 때의 것인지 확인하십시오',
    'data key {key}, with which the content is encrypted, is not there: do database and store come from the same backup?',
  ],
  file_not_held: [
    '허브에 이 파일이 없습니다. 보낸 기관에서 다시 받으십시오',
    'the hub does not hold this file',
  ],
  store_full: [
    '첨부 파일 저장소가 가득 찼습니다: {detail}. 관리자가 자리를 늘려야 합니다. 자리가 나면 다시 됩니다',
    'the store of the attachments is full: {detail}',
  ],
  disk_full: [
    '첨부 파일 디스크가 가득 찼습니다. 관리자가 자리를 늘려야 합니다. 자리가 나면 다시 됩니다',
    'the disk of the attachments is full',
  ],
  store_away: [
    '첨부 파일 저장소를 쓸 수 없습니다: {detail}. 복구되면 다시 됩니다',
    'the store of the attachments cannot be used: {detail}',
  ],
  attachments_folder_away: [
    '첨부 파일 폴더를 쓸 수 없습니다: {detail}. 복구되면 다시 됩니다',
    'the folder of the attachments cannot be used: {detail}',
  ],
  gives_no_files: [
    '이 게시판에서는 파일을 받을 수 없습니다. 설정에 attachments.fetch가 없습니다. 필요하면 기관 설정에 더하십시오',
    'this board gives no files out (attachments.fetch is not configured)',
  ],
  no_store_here: ['이 프로그램에는 첨부 파일 저장소가 열려 있지 않습니다', 'no store of files is open here'],
} as const satisfies ReasonTexts;
