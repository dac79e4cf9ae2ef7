import type { Typed } from '../../web/forms.ts';

/** The form of a new complaint before anybody typed. */
export const blankRegistration: Typed = {
  name: '',
  company: '',
  phone: '',
  email: '',
  notifyBy: '',
  language: 'ko',
  title: '',
  body: '',
  kind: 'query',
  category: '',
  region: '',
};

export const registrationFields = Object.keys(blankRegistration);

/** The field for each JSON pointer into the post. */
export const registrationPlaces: Record<string, string> = Object.fromEntries(
  registrationFields.map((field) => {
    const isPersonal = ['name', 'company', 'phone', 'email', 'notifyBy', 'language'].includes(field);
    return [`/content/${isPersonal ? 'complainant/' : ''}${field}`, field];
  }),
);
