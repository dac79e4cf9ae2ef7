import { expect, it } from 'vitest';
import { createRecentTexts } from '../../../../hub/store/sealing/recent-texts.ts';

it('keeps what is asked for, and lets the rest go before there is too much of it', () => {
  const recent = createRecentTexts(100);
  recent.keep('asked', 'text of asked');
  for (let n = 0; n < 200; n++) {
    recent.keep(`sealed ${n}`, `text ${n}`);
    expect(recent.find('asked')).toBe('text of asked');
  }
  expect(recent.find('sealed 199')).toBe('text 199');
  expect(recent.find('sealed 150')).toBeUndefined();
});

it('keeps no long text', () => {
  const recent = createRecentTexts();
  recent.keep('x'.repeat(20_001), 'long');
  expect(recent.find('x'.repeat(20_001))).toBeUndefined();
});
