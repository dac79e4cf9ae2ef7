import { describe, expect, test } from 'vitest';
import { readAttributes, readReply } from '../../../adapters/open311/document.ts';
import { readMarked, toMarked } from '../../../adapters/open311/marks.ts';

const wrapped = (inner: string) => `<?xml version="1.0" encoding="utf-8"?>\n${inner}`;

describe('replies', () => {
  const request = { service_request_id: '638344', status: 'open' };
  test.each([
    [
      'XML',
      wrapped(
        '<service_requests><request><service_request_id>638344</service_request_id><status>open</status></request></service_requests>',
      ),
    ],
    ['JSON', JSON.stringify([request])],
    ['JSON in the names of XML', JSON.stringify({ service_requests: [request] })],
    ['JSON in both names', JSON.stringify({ service_requests: { request: [request] } })],
    [
      'XML under a byte order mark',
      `\uFEFF${wrapped('<service_requests><request><service_request_id>638344</service_request_id><status>open</status></request></service_requests>')}`,
    ],
  ])('a list of one comes as %s', (_name, text) => {
    expect(readReply(text, 'requests')).toEqual({ entries: [request] });
  });

  test.each([
    ['XML', wrapped('<service_requests></service_requests>')],
    ['XML without an end', wrapped('<service_requests/>')],
    ['JSON', '[]'],
    ['wrapped JSON', '{"service_requests": []}'],
  ])('an empty list comes as %s', (_name, text) => {
    expect(readReply(text, 'requests')).toEqual({ entries: [] });
  });

  test.each([
    [
      'XML',
      wrapped('<errors><error><code>403</code><description>Invalid api_key</description></error></errors>'),
    ],
    ['JSON', '[{"code": 403, "description": "Invalid api_key"}]'],
    ['wrapped JSON', '{"errors": [{"code": "403", "description": "Invalid api_key"}]}'],
  ])('errors in %s are told, whatever the list was to be', (_name, text) => {
    expect(readReply(text, 'servicerequestupdates')).toEqual({ errors: '403: Invalid api_key' });
  });

  test('a request with a code and a description of its own is no error', () => {
    const entry = { service_request_id: 1, code: 7, description: '도로 파손' };
    expect(readReply(JSON.stringify([entry]), 'requests')).toEqual({ entries: [entry] });
  });

  test.each([
    '',
    '<!doctype html><title>점검 중</title>',
    '<html><body>maintenance</body></html>',
    wrapped('<service_requests><request>'),
    wrapped('<!DOCTYPE r [<!ENTITY a "b">]><service_requests/>'),
    '[{"service_request_id": 1',
    '"open"',
    '{"result": "OK"}',
  ])('%j is no reply of such a service', (text) => {
    expect(readReply(text, 'requests')).toEqual({});
  });

  test('Korean and quoted text comes through XML as it is', () => {
    const text = wrapped(
      '<service_request_updates><request_update><update_id>7</update_id><description>5 &lt; 6 &amp; "가나" &#xAC00;&#13;\n끝</description></request_update></service_request_updates>',
    );
    expect(readReply(text, 'servicerequestupdates').entries).toEqual([
      { update_id: '7', description: '5 < 6 & "가나" 가\r\n끝' },
    ]);
  });
});

test.each([
  ['an object', { extended_attributes: { company: '한빛상회', empty: '' } }],
  ['a list', { attributes: [{ code: 'company', value: '한빛상회' }] }],
  ['a list of values', { attributes: [{ name: 'company', values: ['한빛상회'], value: '한빛상회' }] }],
  ['XML', { attributes: { attribute: [{ code: 'company', value: ['한빛상회'] }] } }],
])('attributes come as %s', (_name, entry) => {
  expect(readAttributes(entry)).toEqual({ company: '한빛상회' });
});

describe('the last line of what the hub writes', () => {
  const mark = { kind: 'answered', receiptNumber: '26-0000017-4', key: '26-0000017-4/3' } as const;

  test.each([
    [{ department: '수출지원부', name: '박담당', contact: '02-123-4567' }],
    [{ name: '박담당' }],
    [undefined],
  ])('is taken off again, with the officer %j, also from a server that writes CR LF', (officer) => {
    const text = '12월 31일까지입니다.\n\n담당자에게 문의하세요.';
    const written = toMarked(text, mark, officer);
    const expected = { ...mark, text, ...(officer && { officer }) };
    expect(readMarked(written)).toEqual(expected);
    expect(readMarked(`${written.replace(/\n/g, '\r\n')}\r\n`)).toEqual(expected);
  });

  test('counts only at the end: who quotes it wrote the rest himself', () => {
    expect(readMarked(`${toMarked('답변', mark)}\n\n감사합니다.`)).toBeUndefined();
    expect(readMarked('가로등이 꺼졌습니다')).toBeUndefined();
  });
});
