import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createLiveTemplates } from '../../../hub/notify/live-templates.ts';
import { readDefaultTemplates, type TemplateSources } from '../../../hub/templates/template-files.ts';
import { sampleValues } from '../../../hub/templates/template-variables.ts';

it('follows what is in force, and keeps what it has where that is not usable', () => {
  let written: TemplateSources = new Map();
  const log = pino({ level: 'silent' });
  const templates = createLiveTemplates(readDefaultTemplates(), { templates: () => written }, log);
  const subject = () => templates.render('overdue', 'ko', 'sms', sampleValues).subject;
  const before = subject();
  const name = 'ko/overdue.sms.txt';
  written = new Map([[name, 'Subject: 새 제목\n{{ receipt_number }} {{ due_at }}\n']]);
  expect(subject()).toBe('새 제목');
  written = new Map([[name, 'Subject: 다른 제목\n{{ nothing }}\n']]);
  expect(subject()).toBe('새 제목');
  written = new Map();
  expect(subject()).toBe(before);
});
