import type { ReasonTexts } from '../reason-texts.ts';

/** Files (hub/attachments). */
export const filesReasons = {
  file_too_large: ['{size}보다 큽니다', 'is larger than {size}'],
  files_too_large: [
    '한 글의 파일을 모두 더하면 {size}보다 큽니다',
    'the files of one text are larger than {size} together',
  ],
  too_many_files: ['한 글의 파일이 {n}개를 넘습니다', 'more than {n} files come with one text'],
  file_empty: ['내용이 없습니다', 'has no content'],
  file_infected: ['악성 코드가 있습니다: {name}', 'clamd found {name} in it'],
  file_digest: ['SHA-256이 알려 온 값과 다릅니다', 'its SHA-256 is not the one that was announced'],
} as const satisfies ReasonTexts;
