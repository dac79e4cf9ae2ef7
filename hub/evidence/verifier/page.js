// The verifier's page: reads the chosen file, verifies it here, and says what was found, in Korean and in English.
import { faultWords } from '../verify/fault.ts';
import { verifyBundle } from '../verify/verify-bundle.ts';

const byId = (id) => document.getElementById(id);
const [file, fingerprint, busy, result] = ['file', 'fingerprint', 'busy', 'result'].map(byId);
const mostNamed = 200;

/** An element with its children: texts, elements, or a Korean text with its English one. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
const both = ([ko, en]) => [`${ko} `, make('span', { lang: 'en' }, en)];

const kinds = {
  event: ['처리 이력', 'events'],
  attempt: ['기관에 전한 시도', 'attempts'],
  delivery: ['프로그램에 전한 것', 'deliveries'],
  provision: ['개인정보 제공', 'provisions'],
  notice: ['알림', 'notices'],
  file: ['첨부 파일의 기록', 'records of files'],
  access: ['접속기록', 'entries of the access log'],
};

function toVerdict({ problems, isCompared }) {
  if (problems.length > 0)
    return [
      'bad',
      [
        '바뀐 곳이 있습니다. 이 묶음은 만들어진 그대로가 아닙니다.',
        'It was altered: this bundle is not as it was made.',
      ],
    ];
  if (isCompared)
    return [
      'good',
      [
        '만들어진 그대로이고, 알려 주신 열쇠로 서명되어 있습니다.',
        'It is as it was made, and signed by the key that you named.',
      ],
    ];
  return [
    'open',
    [
      '만들어진 뒤 바뀌지 않았습니다. 누가 만들었는지는 아래 지문을 기관이 알려 준 것과 견주어 확인하십시오.',
      'It was not altered since it was made. By whom: compare the fingerprint below with the one that the agency told you.',
    ],
  ];
}

const toTime = (at) =>
  new Date(at).toLocaleString('ko-KR', { timeZone: 'Asia/Seoul', timeZoneName: 'short' });

function toFacts({ manifest, fingerprint: key, timeStamp, counts, access }) {
  const facts = [
    [['접수번호', 'Receipt number'], manifest?.receiptNumber],
    [['만든 때', 'Made'], manifest && toTime(manifest.madeAt)],
    [['만든 사람', 'Made by'], manifest?.madeBy],
    [['까닭', 'Reason'], manifest?.reason],
    [['허브', 'Hub'], manifest?.hub],
    [['개인정보', 'Persons'], manifest?.masked ? '가림 (masked)' : undefined],
    [['서명 열쇠의 지문', 'Fingerprint of the key'], key],
    [
      ['시점확인', 'Time stamp'],
      timeStamp
        ? `${toTime(timeStamp.at)} · ${timeStamp.authority} (기관의 인증서는 따로 확인하십시오 / verify the authority's certificate apart)`
        : '없음 (none)',
    ],
    ...Object.entries(kinds).map(([kind, words]) => [words, String(counts[kind] ?? 0)]),
    [
      ['접속기록이 서명된 앵커에 이어짐', 'Entries whose chain leads to a signed anchor'],
      access && `${access.anchored} / ${access.entries}`,
    ],
    ...(access?.anchors ?? []).map(({ number, day, hash }) => [
      ['앵커', 'Anchor'],
      `${number} (${day}) ${hash}`,
    ]),
  ];
  return facts
    .filter(([, value]) => value)
    .flatMap(([words, value]) => [make('dt', {}, ...both(words)), make('dd', {}, value)]);
}

function show(found, isCompared) {
  const { problems } = found;
  const [tone, words] = toVerdict({ problems, isCompared });
  const named = problems
    .slice(0, mostNamed)
    .map(({ fault, place }) => make('li', {}, make('code', {}, place), ': ', ...both(faultWords[fault])));
  result.replaceChildren(
    make('p', { class: `verdict ${tone}`, 'data-tone': tone }, ...both(words)),
    ...(named.length > 0
      ? [make('h2', {}, ...both(['바뀐 곳', 'What was altered'])), make('ul', {}, ...named)]
      : []),
    ...(problems.length > mostNamed ? [make('p', {}, `+ ${problems.length - mostNamed}`)] : []),
    make('h2', {}, ...both(['묶음에 든 것', 'What the bundle says'])),
    make('dl', {}, ...toFacts(found)),
  );
  result.hidden = false;
}

function showTrouble(words) {
  result.replaceChildren(make('p', { class: 'verdict bad', 'data-tone': 'bad' }, ...both(words)));
  result.hidden = false;
}

async function verify() {
  const chosen = file.files?.[0];
  if (!chosen) return;
  const known = fingerprint.value.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
  result.hidden = true;
  if (fingerprint.value.trim() !== '' && known.length !== 64)
    return showTrouble([
      '지문은 0-9와 a-f로 된 64자여야 합니다.',
      'A fingerprint has 64 characters, 0-9 and a-f.',
    ]);
  busy.textContent = '확인하는 중… / verifying…';
  try {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    show(await verifyBundle(bytes, known === '' ? {} : { fingerprints: [known] }), known !== '');
  } catch (error) {
    showTrouble([
      '확인하지 못했습니다. Ed25519를 아는 새 브라우저가 필요합니다.',
      `It could not be verified: ${error.message}. A recent browser that knows Ed25519 is needed.`,
    ]);
  } finally {
    busy.textContent = '';
  }
}

byId('form').addEventListener('submit', (event) => event.preventDefault());
file.addEventListener('change', verify);
fingerprint.addEventListener('change', verify);
