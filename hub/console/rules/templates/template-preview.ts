import type { Language } from '../../../../schemas/index.ts';
import { parseTemplates } from '../../../templates/check-templates.ts';
import { renderParsed } from '../../../templates/render-parsed.ts';
import { eucKrLength, longBytes, shortBytes, toEucKr, toSmsText } from '../../../templates/sms-text.ts';
import type { TemplateSources } from '../../../templates/template-files.ts';
import type { TemplateName } from '../../../templates/template-names.ts';
import { type Completeness, previewValues } from './preview-values.ts';
import { type TemplateFile, toTemplateFile } from './template-file.ts';

/** A notice as a person would get it, on made-up data. */
export interface Preview {
  notice: TemplateName;
  subject: string;
  text: string;
  html: string | null;
  /** How the gateway would count it. Null: it is a mail. */
  sms: { type: 'SMS' | 'LMS'; bytes: number; most: number; isCut: boolean } | null;
}

/** A part that notices share is shown within this one, which has all of them. */
const example: TemplateName = 'answered';

/** The notice of a file, with the texts of `sources`. Undefined: mistakes leave nothing to show. */
export function previewTemplate(
  sources: TemplateSources,
  { language, notice, channel }: TemplateFile,
  completeness: Completeness = 'full',
): Preview | undefined {
  const shown = notice ?? example;
  const { engines, parsed } = parseTemplates(pick(sources, language, shown));
  const template = parsed.get(`${language}/${shown}/${channel}`);
  const engine = engines.get(language);
  if (!template || !engine) return undefined;
  try {
    const values = previewValues(language, completeness);
    const { subject, text, html } = renderParsed(engine, template, values);
    if (channel === 'email') return { notice: shown, subject, text, html, sms: null };
    return { notice: shown, ...toTextMessage(subject, text, values.link) };
  } catch {
    // Why it fails is among the problems of the document.
    return undefined;
  }
}

/** The files of one notice in one language, and the parts that it may include: to parse all of them takes long. */
const pick = (sources: TemplateSources, language: Language, notice: TemplateName): TemplateSources =>
  new Map(
    [...sources].filter(([name]) => {
      const [folder = '', file = ''] = name.split('/');
      const of = toTemplateFile(folder, file)?.notice;
      return folder === language && (of === notice || of === null);
    }),
  );

function toTextMessage(subject: string, text: string, link: string | null): Omit<Preview, 'notice'> {
  const sent = toSmsText({ subject, text, link });
  const bytes = eucKrLength(toEucKr(text).trim()) ?? 0;
  const most = sent.type === 'SMS' ? shortBytes : longBytes;
  const sms = { type: sent.type, bytes, most, isCut: bytes > longBytes };
  return { subject: sent.type === 'LMS' ? sent.subject : subject, text: sent.text, html: null, sms };
}
