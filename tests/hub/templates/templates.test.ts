import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { templateNames } from '../../../hub/templates/template-names.ts';
import { sampleValues, sparseValues, variablesOf } from '../../../hub/templates/template-variables.ts';
import { loadTemplates } from '../../../hub/templates/templates.ts';
import { channels, languages } from '../../../schemas/index.ts';

describe('every template in every language for every channel', () => {
  const templates = loadTemplates('config/templates');
  const all = templateNames.flatMap((name) =>
    languages.flatMap((language) => channels.map((channel) => [name, language, channel] as const)),
  );
  it.each(all)('%s %s %s', (name, language, channel) => {
    const full = templates.render(name, language, channel, sampleValues);
    const sparse = templates.render(name, language, channel, sparseValues);
    for (const { subject, text, html } of [full, sparse]) {
      expect(subject.length).toBeGreaterThan(3);
      expect(text).toContain(sampleValues.receipt_number);
      expect(text).not.toMatch(/[{}]|null|undefined/);
      expect(html === null).toBe(channel === 'sms');
    }
  });

  it.each(all)('%s %s %s is in its language', (name, language, channel) => {
    const values = JSON.parse(JSON.stringify(sampleValues).replace(/[가-힣]/g, 'x'));
    const { subject, text, html } = templates.render(name, language, channel, values);
    for (const part of [subject, text, ...(html ? [html] : [])])
      expect(/[가-힣]{2}/.test(part)).toBe(language === 'ko');
  });

  it.each(['answered', 'interim-answered', 'step', 'delayed'] as const)(
    '%s shows the officer (Decree, article 31)',
    (name) => {
      for (const language of languages)
        for (const channel of channels) {
          const { text, html } = templates.render(name, language, channel, sampleValues);
          for (const part of Object.values(sampleValues.officer)) {
            expect(text).toContain(part);
            if (html !== null) expect(html).toContain(part);
          }
        }
    },
  );

  it('escapes everything in HTML', () => {
    const hostile = {
      ...sampleValues,
      title: '<img src=x onerror=1>',
      answer: '<script>\n&"',
      recipient: "<i>'",
    };
    const { html } = templates.render('answered', 'ko', 'email', hostile);
    expect(html).not.toMatch(/<(img|script|i)\b/);
    expect(html).toContain('&lt;script&gt;<br>&amp;&#34;');
  });
});

describe('an unusable template is refused with its place', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
    cpSync('config/templates', folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const refuse = (message: RegExp) => expect(() => loadTemplates(folder)).toThrow(message);
  const change = (file: string, from: string | RegExp, to: string) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8').replace(from, to);
    writeFileSync(path, text);
    return text.split('\n').findIndex((line) => line.includes(to)) + 1;
  };

  it('an unknown variable, with file and line', () => {
    const line = change('ko/answered.email.txt.liquid', '{{ answer }}', '{{ answr }} {{ answer }}');
    refuse(
      new RegExp(
        `ko/answered\\.email\\.txt\\.liquid:${line}: answr is not a variable of answered; known are .*answer`,
      ),
    );
  });
  it('an unknown variable of a shared part', () => {
    const line = change('en/layout.html.liquid', '{{ receipt_number }}', '{{ number }}');
    refuse(new RegExp(`en/layout\\.html\\.liquid:${line}: number is not a variable`));
  });
  it('a variable of another template', () => {
    change('ko/registered.sms.txt.liquid', '{{ receipt_number }}', '{{ receipt_number }} {{ answer }}');
    refuse(/registered\.sms\.txt\.liquid:4: answer is not a variable of registered/);
  });
  it('a result without the contact of the officer', () => {
    change('ko/answered.sms.txt.liquid', '({{ officer.contact }})', '');
    refuse(/ko\/answered\.sms\.txt\.liquid: must show officer\.contact \(Decree, article 31\)/);
  });
  it('a step without its words or the new date', () => {
    change('ko/step.sms.txt.liquid', '{{ due_at }}', '');
    change('ko/step.sms.txt.liquid', '{%- if due_at %}', '{%- if link %}');
    change('en/step.email.html.liquid', /\{% if step_text.*endif %\}/, '');
    refuse(/ko\/step\.sms\.txt\.liquid: must show due_at \(Decree, article 21\)/);
    refuse(/en\/step\.email\.html\.liquid: must show step_text \(Act, articles 27 and 35;/);
  });
  it('an unknown filter, and any way around escaping', () => {
    change('ko/answered.email.html.liquid', '| lines', '| raw');
    refuse(/ko\/answered\.email\.html\.liquid:\d+: undefined filter: raw/);
  });
  it('no subject', () => {
    change('en/withdrawn.email.txt.liquid', 'Subject: ', '');
    refuse(/en\/withdrawn\.email\.txt\.liquid:1: must begin with "Subject: …"/);
  });
  it('a text message that phones cannot show', () => {
    const file = join(folder, 'ko/registered.sms.txt.liquid');
    appendFileSync(file, '감사합니다 😀\n');
    const line = readFileSync(file, 'utf8').split('\n').length - 1;
    refuse(
      new RegExp(`ko/registered\\.sms\\.txt\\.liquid:${line}: cannot be written in EUC-KR: 감사합니다 😀`),
    );
  });
  it('a part that includes itself, and a loop that never ends', () => {
    appendFileSync(join(folder, 'ko/foot.txt.liquid'), "{% include 'foot.txt.liquid' %}");
    change(
      'en/overdue.sms.txt.liquid',
      '{{ due_at }}',
      '{{ due_at }}{% for i in (1..999999999) %}x{% endfor %}',
    );
    refuse(/ko\/[^\n]*(exceeded|call stack)[\s\S]*en\/overdue\.sms\.txt\.liquid[^\n]*exceeded/);
  });
  it('a missing file, and every problem at once', () => {
    rmSync(join(folder, 'ko/overdue.email.html.liquid'));
    change('en/withdrawn.email.txt.liquid', 'Subject: ', '');
    refuse(/overdue\.email\.html\.liquid: is missing\n.*withdrawn/);
  });
});

it('documents every variable', () => {
  const readme = readFileSync('config/templates/README.md', 'utf8');
  const known = new Set(templateNames.flatMap((name) => [...variablesOf(name).may]));
  for (const variable of known) expect(readme, variable).toContain(`\`${variable}\``);
  for (const name of templateNames) expect(readme, name).toContain(`\`${name}\``);
});
