/** The agency's own codes, as in its database and on its pages. */
export const statusNames: Record<string, string> = {
  '10': '접수',
  '20': '배정',
  '30': '처리중',
  '35': '보완요구',
  '40': '답변완료',
  '50': '종결',
  '80': '이송',
  '90': '취하',
};

export const categoryNames: Record<string, string> = {
  '100': '기술개발 지원',
  '200': '사업화·창업',
  '300': '특허·지식재산',
  '400': '시설·장비',
  '500': '해외·수출',
  '900': '기타',
};

export const kindNames: Record<string, string> = {
  '1': '법령질의',
  '2': '질의',
  '3': '건의',
  '4': '기타',
  '5': '고충',
  '6': '법정민원',
};

/** Agencies to which a complaint can be transferred. */
export const agencyCodes = /^[a-z][a-z0-9-]{1,30}$/;
