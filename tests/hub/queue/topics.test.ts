import { expect, test } from 'vitest';
import { parseTopic } from '../../../hub/queue/topics.ts';

test('a topic is taken apart at its first colon', () => {
  expect(parseTopic('deliver:kotra')).toMatchObject({ kind: 'deliver', subject: 'kotra' });
  expect(parseTopic('fetch-files:a:b')).toMatchObject({ kind: 'fetch-files', subject: 'a:b' });
  expect(parseTopic('remind:')).toMatchObject({ kind: 'remind', subject: '' });
  expect(parseTopic('notify:sms')).toMatchObject({ kind: 'notify', subject: 'sms' });
});

test('what no process of this version looks at is no topic', () => {
  for (const text of [
    '',
    'deliver',
    'deliver:',
    'remind:x',
    'notify:pigeon',
    'alerts:',
    'toString:x',
    'fly:x',
  ])
    expect(parseTopic(text), text).toBeUndefined();
});
