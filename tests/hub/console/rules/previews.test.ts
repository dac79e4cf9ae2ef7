import { describe, expect, it } from 'vitest';
import { toShownLines } from '../../../../hub/console/rules/shown-lines.ts';
import { previewValues } from '../../../../hub/console/rules/templates/preview-values.ts';
import { type TemplateFile, toTemplateFile } from '../../../../hub/console/rules/templates/template-file.ts';
import { previewTemplate } from '../../../../hub/console/rules/templates/template-preview.ts';
import { toTrialText } from '../../../../hub/console/rules/templates/trial-text.ts';
import { readDefaultTemplates } from '../../../../hub/templates/template-files.ts';

const sources = readDefaultTemplates();
const files = [...sources.keys()].map((name) => {
  const [language = '', file = ''] = name.split('/');
  return toTemplateFile(language, file) as TemplateFile;
});

describe('previews', () => {
  it('show every template that comes with the hub, with everything there and with what may be absent', () => {
    expect(files.length).toBeGreaterThan(60);
    for (const file of files)
      for (const completeness of ['full', 'sparse'] as const) {
        const preview = previewTemplate(sources, file, completeness);
        expect(preview?.text, `${file.name} ${completeness}`).toMatch(/\S/);
        expect(preview?.html === null, file.name).toBe(file.channel === 'sms');
      }
  });

  it('use no Korean word in English', () => {
    expect(JSON.stringify(previewValues('en', 'full'))).not.toMatch(/[가-힣]/);
  });

  it('count a text message as the gateway does', () => {
    const file = toTemplateFile('ko', 'registered.sms.txt') as TemplateFile;
    const show = (body: string) =>
      previewTemplate(new Map([...sources, [file.name, `Subject: 가\n\n${body}`]]), file)?.sms;
    // Two bytes for a syllable, one for a digit: 90 fit.
    expect(show('가'.repeat(45))).toEqual({ type: 'SMS', bytes: 90, most: 90, isCut: false });
    expect(show(`${'가'.repeat(45)}1`)).toEqual({ type: 'LMS', bytes: 91, most: 2000, isCut: false });
    expect(show('가'.repeat(1001))).toMatchObject({ type: 'LMS', bytes: 2002, isCut: true });
  });
});

it('a trial is marked in every part of a message', () => {
  const preview = { notice: 'answered' as const, subject: '결과', text: '본문', sms: null };
  const html = '<html><body style="margin:0"><p>본문</p></body></html>';
  const mail = toTrialText({ ...preview, html }, 'ko');
  expect(mail.subject).toBe('[시험] 결과');
  expect(mail.text).toMatch(/^시험으로 보낸 .*\n\n본문$/);
  expect(mail.html).toMatch(/<body style="margin:0"><p [^>]*>시험으로 보낸 [^<]*<\/p><p>본문<\/p>/);
  const sms = { type: 'SMS' as const, bytes: 4, most: 90, isCut: false };
  expect(toTrialText({ ...preview, html: null, sms }, 'en')).toMatchObject({
    text: '[Test] 본문',
    html: null,
  });
});

it('equal lines far from a change are counted', () => {
  const same = (n: number) => ({ kind: 'same' as const, text: `${n}`, before: n, after: n });
  const lines = [...[1, 2, 3, 4, 5].map(same), { kind: 'added' as const, text: 'x', after: 6 }];
  expect(toShownLines(lines)).toEqual([
    { kind: 'left', left: 2 },
    same(3),
    same(4),
    same(5),
    { kind: 'added', text: 'x', before: null, after: 6 },
  ]);
  expect(toShownLines([1, 2].map(same))).toEqual([{ kind: 'left', left: 2 }]);
});
