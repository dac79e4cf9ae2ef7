import { decode } from '../../../adapters/kit/text/charset.ts';
import { signatureTolerance } from '../../access/keys/request-signature.ts';
import { type Check, line } from './line.ts';

/** Letters that break in different ways: common, rare in old charsets, beyond 16 bits, and plain. */
export const sampleText = '민원 연계 시험 뷁 😀 ABC';

/** Checks whether the sample arrived unchanged. If not, it says what happened to it on the way. */
export function checkCharset(bytes: Buffer, contentType: string | undefined): Check[] {
  if (bytes.length === 0)
    return [
      line(
        'charset',
        false,
        `본문이 없습니다. {"text": "${sampleText}"}를 보내십시오.`,
        `There is no body: send {"text": "${sampleText}"}.`,
      ),
    ];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return [explainForeignBytes(bytes)];
  }
  if (contentType && !/^application\/json\b/i.test(contentType))
    return [
      line(
        'charset',
        false,
        `Content-Type이 ${contentType}입니다. application/json이어야 합니다.`,
        `Content-Type is ${contentType}: it must be application/json.`,
      ),
    ];
  const value = readField(text, 'text');
  if (value === undefined)
    return [
      line(
        'charset',
        false,
        'JSON이 아니거나 text 필드가 없습니다.',
        'The body is not JSON, or has no field text.',
      ),
    ];
  return [explainSample(value)];
}

function explainForeignBytes(bytes: Buffer): Check {
  const guess = decode(bytes, { configured: 'euc-kr' });
  return guess.damaged
    ? line('charset', false, '본문이 UTF-8이 아닙니다.', 'The body is not UTF-8.')
    : line(
        'charset',
        false,
        '본문이 EUC-KR(CP949)로 보입니다. UTF-8로 보내십시오.',
        'The body looks like EUC-KR (CP949): send UTF-8.',
      );
}

function explainSample(value: string): Check {
  if (value === sampleText)
    return line('charset', true, '한글이 그대로 도착했습니다.', 'The sample arrived as it is.');
  if (value.normalize('NFC') === sampleText)
    return line(
      'charset',
      false,
      '한글이 자모로 분해되어 있습니다(NFD). NFC로 보내십시오.',
      'The letters are decomposed (NFD): send NFC.',
    );
  if (Buffer.from(value, 'latin1').toString('utf8') === sampleText)
    return line('charset', false, 'UTF-8로 두 번 인코딩되었습니다.', 'It was encoded as UTF-8 twice.');
  if (/[?\uFFFD]/.test(value))
    return line(
      'charset',
      false,
      '보내는 쪽에서 글자가 ?나 �로 바뀌었습니다. 파일·DB·JVM의 문자셋을 확인하십시오.',
      'Letters became ? or � before they were sent: look at the charset of your files, database or JVM (-Dfile.encoding=UTF-8).',
    );
  return line(
    'charset',
    false,
    `다른 글이 도착했습니다. 정확히 보내십시오: ${sampleText}`,
    `Another text arrived; send exactly: ${sampleText}`,
  );
}

/** Checks the caller's clock, by the field `time` or else the header Date. */
export function checkClock(bytes: Buffer, dateHeader: string | undefined, now: Date): Check[] {
  const told = readField(bytes.toString('utf8'), 'time') ?? dateHeader;
  const at = Date.parse(told ?? '');
  if (told === undefined || Number.isNaN(at))
    return [
      line(
        'clock',
        false,
        '시각을 알 수 없습니다. "time"에 RFC 3339 시각을 보내십시오.',
        'No time was sent: send "time" as RFC 3339, for example 2026-11-20T09:30:00+09:00.',
      ),
    ];
  if (told !== dateHeader && !/(Z|[+-]\d{2}:\d{2})$/i.test(told))
    return [
      line(
        'clock',
        false,
        '시각에 시간대가 없습니다. 예: 2026-11-20T09:30:00+09:00',
        'The time has no offset; for example 2026-11-20T09:30:00+09:00.',
      ),
    ];
  const off = Math.round((at - now.getTime()) / 1000);
  const isHours = Math.abs(off) >= 3600 && Math.abs(off) % 3600 < 120;
  if (Math.abs(off) <= signatureTolerance)
    return [line('clock', true, `시계 차이 ${off}초`, `The clocks differ by ${off} s.`)];
  const [ko, en] = off > 0 ? ['빠릅니다', 'ahead of'] : ['늦습니다', 'behind'];
  const hint = isHours
    ? [' 시간대 표기가 잘못된 것 같습니다.', ' It looks like a wrong offset from UTC.']
    : ['', ''];
  return [
    line(
      'clock',
      false,
      `보내신 시각이 허브보다 ${Math.abs(off)}초 ${ko}. 시계를 맞추십시오(NTP).${hint[0]}`,
      `Your clock is ${Math.abs(off)} s ${en} the hub's: set it (NTP).${hint[1]}`,
    ),
  ];
}

function readField(text: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(text) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
