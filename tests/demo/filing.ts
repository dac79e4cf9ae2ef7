/** How each place files a complaint: the same words in its own fields and codes. */
import type { NewQuestion } from '../boards/gnuboard/questions.ts';
import type { NewPost } from '../boards/rest-board/store.ts';
import { type Story, titleOf } from './story.ts';

const restCategories: Record<string, string> = {
  자금: 'FUND',
  수출: 'EXPORT',
  기술: 'TECH',
  노무: 'LABOR',
  기타: 'ETC',
};
const soapCategories: Record<string, string> = {
  기술: '100',
  사업화: '200',
  특허: '300',
  시설: '400',
  수출: '500',
  기타: '900',
};

export const spelt = (digits: string | undefined) => digits?.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3');

export function fileOnSbiz(story: Story): NewPost {
  const { name, company, email, phone, typedEmail, typedPhone, by } = story.person;
  const wish = story.obstacle === 'channel' ? 'K' : by === 'sms' ? 'S' : by && 'E';
  return {
    subject: titleOf(story),
    contents: story.body,
    ctgry: restCategories[story.category] ?? story.category,
    rgn: story.region,
    wrtr: {
      nm: name,
      corpNm: company ?? null,
      mail: typedEmail ?? email ?? null,
      hp: typedPhone ?? spelt(phone) ?? null,
      ntcMthd: wish ?? null,
    },
  };
}

export function fileOnTextile(story: Story): NewQuestion {
  const { name, email, phone, by } = story.person;
  return {
    subject: titleOf(story),
    content: story.body,
    category: story.category,
    name,
    ...(email && { email }),
    ...(phone && { phone: spelt(phone) ?? phone }),
    ...(by && { notifyBy: by }),
  };
}

export function fileOnTechno(story: Story): Record<string, string> {
  const { name, company = '', email = '', phone, typedPhone, by } = story.person;
  const [HP1 = '', HP2 = '', HP3 = ''] = typedPhone ? [typedPhone] : (spelt(phone)?.split('-') ?? []);
  return {
    CVPL_SJ: titleOf(story),
    CVPL_CN: story.body,
    CVPL_SE: story.kind === 'suggestion' ? '3' : '2',
    CTGRY_CODE: soapCategories[story.category] ?? '',
    AREA_NM: story.region,
    APLCNT_NM: name,
    CMPNY_NM: company,
    EMAIL_ADRES: email,
    HP1,
    HP2,
    HP3,
    NTCN_MTHD: by === 'sms' ? '2' : by ? '1' : '',
  };
}

/** The fields that the counsellor types into the console's form. */
export function toPhoneForm(story: Story): Record<string, string> {
  const { name, company = '', email = '', phone, by = '' } = story.person;
  const { kind, category, region, body } = story;
  const person = { name, company, email, phone: spelt(phone) ?? '', notifyBy: by, language: 'ko' };
  return { ...person, title: titleOf(story), body, kind, category, region };
}

/** The content that an agency's program sends to the REST door. */
export function toDoorContent(story: Story): object {
  const { name, company, email, phone, by } = story.person;
  const { kind, category, region, body } = story;
  const complainant = { name, company, email, phone: phone && `+82${phone.slice(1)}`, notifyBy: by };
  return {
    title: titleOf(story),
    body,
    kind,
    category,
    region,
    complainant,
    filedAt: new Date().toISOString(),
  };
}
