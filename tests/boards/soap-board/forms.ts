/** The forms of the board's pages. Each calls an operation that the SOAP service offers too. */
import { categoryNames, kindNames, statusNames } from './codes.ts';
import { html, type Markup } from './html.ts';
import type { Row } from './storage.ts';

interface Field {
  name: string;
  label: string;
  as?: 'textarea' | Record<string, string>;
  required?: boolean;
}

export interface Form {
  title: string;
  operation: string;
  /** True: the form is about one complaint and is below that complaint's page. */
  ofPost: boolean;
  fields: Field[];
  /** Present: the form accepts files. */
  files?: true;
  /** Values that the form sets itself. */
  fixed: Row;
}

const field = (name: string, label: string, more: Omit<Field, 'name' | 'label'> = {}): Field => ({
  name,
  label,
  ...more,
});
const required = { required: true };
const officer = [
  field('DEPT_NM', '부서'),
  field('CHARGER_NM', '담당자'),
  field('CHARGER_TELNO', '담당자 연락처'),
];

export const forms: Record<string, Form> = {
  file: {
    title: '민원 신청',
    files: true,
    operation: 'insertCvpl',
    ofPost: false,
    fixed: {},
    fields: [
      field('CVPL_SJ', '제목', required),
      field('CVPL_CN', '내용', { as: 'textarea', ...required }),
      field('CVPL_SE', '종류', { as: kindNames }),
      field('CTGRY_CODE', '분야', { as: categoryNames }),
      field('AREA_NM', '지역'),
      field('APLCNT_NM', '신청인', required),
      field('CMPNY_NM', '회사'),
      field('EMAIL_ADRES', '전자우편'),
      field('HP1', '휴대전화 (앞)'),
      field('HP2', '휴대전화 (가운데)'),
      field('HP3', '휴대전화 (끝)'),
      field('NTCN_MTHD', '통지 방법', { as: { '1': '전자우편', '2': '문자' } }),
    ],
  },
  answer: {
    title: '답변',
    files: true,
    operation: 'insertAnswer',
    ofPost: true,
    fixed: { ANSWER_SE: '1' },
    fields: [field('ANSWER_CN', '답변 내용', { as: 'textarea', ...required }), ...officer],
  },
  interim: {
    title: '중간 회신',
    files: true,
    operation: 'insertAnswer',
    ofPost: true,
    fixed: { ANSWER_SE: '2' },
    fields: [field('ANSWER_CN', '중간 회신 내용', { as: 'textarea', ...required }), ...officer],
  },
  'follow-up': {
    title: '추가 질의',
    files: true,
    operation: 'insertAddQestn',
    ofPost: true,
    fixed: {},
    fields: [field('QESTN_CN', '질의 내용', { as: 'textarea', ...required })],
  },
  status: {
    title: '상태 변경',
    operation: 'updateSttus',
    ofPost: true,
    fixed: {},
    fields: [field('STTUS_CODE', '상태', { as: statusNames })],
  },
  transfer: {
    title: '이송',
    operation: 'transferCvpl',
    ofPost: true,
    fixed: {},
    fields: [
      field('TRNSF_INSTT_CODE', '받을 기관 코드', required),
      field('TRNSF_RESN', '이송 사유', { as: 'textarea', ...required }),
    ],
  },
  withdraw: {
    title: '취하',
    operation: 'cancelCvpl',
    ofPost: true,
    fixed: {},
    fields: [field('CNCL_RESN', '취하 사유')],
  },
};

export function formPage(form: Form, values: Row, error?: string): Markup {
  return html`${error ? html`<p class="error" role="alert">${error}</p>` : ''}
<form method="post" enctype="${form.files ? 'multipart/form-data' : 'application/x-www-form-urlencoded'}">${form.fields.map((f) => html`<label>${f.label}${control(f, values[f.name] ?? '')}</label>`)}
${form.files ? html`<label>첨부파일<input name="file" type="file" multiple></label>` : ''}
<button>${form.title}</button></form>`;
}

function control({ name, as, required: need }: Field, value: string): Markup {
  const must = need ? html` required` : '';
  if (as === 'textarea') return html`<textarea name="${name}" rows="6"${must}>${value}</textarea>`;
  if (!as) return html`<input name="${name}" value="${value}"${must}>`;
  const options = Object.entries(as).map(([code, label]) => {
    const selected = code === value ? html` selected` : '';
    return html`<option value="${code}"${selected}>${label}</option>`;
  });
  return html`<select name="${name}">${options}</select>`;
}
