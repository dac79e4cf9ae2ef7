import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noKeys } from '../../../../hub/store/sealing/keys.ts';
import { sealLeaves } from '../../../../hub/store/sealing/sealed-leaves.ts';
import { makeKeys } from '../../../support/made-keys.ts';

const keys = makeKeys('aes-256-gcm', 'AAAAAAAA');

const content = {
  title: '가로등이 나갔어요',
  body: '어두워요',
  kind: 'general',
  complainant: { name: '홍길동', phone: '+821012345678', notifyBy: 'sms' },
  attachments: [{ id: '1', name: '홍길동.pdf' }],
};

describe('sealing a document', () => {
  it('leaves what is named, and seals the rest, members of members too', () => {
    const sealed = sealLeaves(keys, content, [
      'kind',
      'complainant.notifyBy',
      'attachments.*.id',
    ]) as typeof content;
    expect(sealed.kind).toBe('general');
    expect(sealed.complainant.notifyBy).toBe('sms');
    expect(sealed.attachments[0]?.id).toBe('1');
    for (const text of [
      sealed.title,
      sealed.body,
      sealed.complainant.name,
      sealed.complainant.phone,
      sealed.attachments[0]?.name,
    ])
      expect(text).toMatch(/^\$sealed1\$tAAAAAAAA\$/);
    expect(keys.openJson(sealed)).toEqual(content);
  });

  it('seals a member that nobody named as one', () => {
    const sealed = sealLeaves(keys, content, ['kind']) as Record<string, unknown>;
    expect(sealed.complainant).toMatch(/^\$sealed1\$jAAAAAAAA\$/);
    expect(sealed.attachments).toMatch(/^\$sealed1\$jAAAAAAAA\$/);
  });

  it('opens to the same document, whatever it holds and whatever is left in the clear', () => {
    const paths = fc.array(fc.constantFrom('a', 'b', 'a.b', 'a.*', 'a.*.b', '*', '*.a', '*.a.b'));
    const names = fc.constantFrom('a', 'b', 'c');
    const leaves = fc.oneof(
      fc.string(),
      fc.constantFrom('$sealed1$tAAAAAAAA$AAAA', '$sealed1$', keys.seal('x')),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { depthSize: 'small' },
        leaves,
        fc.array(tie('document'), { maxLength: 3 }),
        fc.dictionary(names, tie('document')),
      ),
    }));
    fc.assert(
      fc.property(document, paths, (value, clear) => {
        const stored: unknown = JSON.parse(JSON.stringify(sealLeaves(keys, value, clear)));
        expect(keys.openJson(stored)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves the document as it is where nothing is sealed', () => {
    expect(sealLeaves(noKeys, content, [])).toBe(content);
  });
});

describe('marks', () => {
  it('are equal for equal texts of one use alone', () => {
    const [one, other] = [keys.mark('phone', '+821012345678'), keys.mark('email', '+821012345678')];
    expect(keys.mark('phone', '+821012345678')).toBe(one);
    expect(other).not.toBe(one);
    expect(keys.mark('phone', '+821012345679')).not.toBe(one);
    expect(one).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });

  it('look for the text itself too, for rows from before', () => {
    expect(keys.marks('phone', '+82101')).toEqual([keys.mark('phone', '+82101'), '+82101']);
    expect(noKeys.marks('phone', '+82101')).toEqual(['+82101']);
  });
});
