import { type Channel, channels, type Language, languages } from '../../../../schemas/index.ts';
import { isTemplateSource, type TemplateName, templateNames } from '../../../templates/template-names.ts';

/** One file of the templates, by its name `ko/answered.email.txt`. */
export interface TemplateFile {
  name: string;
  language: Language;
  /** `answered.email.txt` */
  file: string;
  /** Null: a part that several notices share. */
  notice: TemplateName | null;
  channel: Channel;
  form: 'txt' | 'html';
  /** The word for it in texts: `email_txt`, `shared`. */
  part: string;
}

/** Undefined: no file of templates has this name. */
export function toTemplateFile(language: string, file: string): TemplateFile | undefined {
  const name = `${language}/${file}`;
  if (!isTemplateSource(name)) return undefined;
  const [first = '', second, third] = file.split('.');
  const form = (third ?? second) === 'html' ? 'html' : 'txt';
  return {
    name,
    file,
    language: language as Language,
    notice: templateNames.find((known) => third !== undefined && known === first) ?? null,
    // Shared parts are of mails: a text message is too short for them.
    channel: channels.find((channel) => third !== undefined && channel === second) ?? 'email',
    form,
    part: third === undefined ? 'shared' : `${second}_${form}`,
  };
}

/** The files of one notice in every language: the text of the mail, its HTML, the text message. */
export const listNoticeFiles = (notice: TemplateName): { language: Language; files: string[] }[] =>
  languages.map((language) => ({
    language,
    files: [`${notice}.email.txt`, `${notice}.email.html`, `${notice}.sms.txt`],
  }));
