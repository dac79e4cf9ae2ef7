import type { Language } from '../../../../schemas/index.ts';
import type { Preview } from './template-preview.ts';

const marks: Record<Language, { prefix: string; line: string }> = {
  ko: {
    prefix: '[시험] ',
    line: '시험으로 보낸 안내문입니다. 꾸며 낸 내용이며 실제 민원이 아닙니다.',
  },
  en: {
    prefix: '[Test] ',
    line: 'This notice was sent as a test. Its content is made up, and there is no such complaint.',
  },
};

/** The message of a trial: the preview, marked so that nobody takes it for a real notice. */
export function toTrialText({ subject, text, html, sms }: Preview, language: Language) {
  const { prefix, line } = marks[language];
  // A text message has few bytes: there the mark stands in front of its words.
  const marked = sms ? `${prefix}${text}` : `${line}\n\n${text}`;
  return { subject: `${prefix}${subject}`, text: marked, html: html && markHtml(html, line) };
}

function markHtml(html: string, line: string): string {
  const mark = `<p style="margin:0;padding:12px;background:#fff3cd;font:14px sans-serif">${line}</p>`;
  const [body] = /<body[^>]*>/i.exec(html) ?? [];
  return body === undefined ? mark + html : html.replace(body, () => body + mark);
}
