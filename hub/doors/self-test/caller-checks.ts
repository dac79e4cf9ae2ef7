import { explainKey } from '../../access/keys/api-keys.ts';
import type { Caller } from '../../access/keys/scopes.ts';
import type { Store } from '../../store/database.ts';
import { findRuleBroken, type GateDependencies, type Knock, verifyKnock } from '../gate/gate.ts';
import { type Check, line } from './line.ts';

export interface CallerCheckDependencies {
  store: Store;
  gateRules: GateDependencies;
}

/** Checks who calls, and whether the agency's own rules let this request in. */
export async function checkCaller(dependencies: CallerCheckDependencies, knock: Knock): Promise<Check[]> {
  const isSigned = knock.headers['signature-input'] !== undefined;
  const { caller, checks } = await (isSigned
    ? checkSignature(dependencies, knock)
    : checkKey(dependencies, knock.key));
  return caller ? [...checks, checkRules(dependencies, knock, caller, isSigned)] : checks;
}

interface Found {
  caller?: Caller | undefined;
  checks: Check[];
}

async function checkKey(
  { store, gateRules }: CallerCheckDependencies,
  key: string | undefined,
): Promise<Found> {
  if (!key)
    return {
      checks: [
        line(
          'credentials',
          false,
          '키가 없습니다. Authorization: Bearer mwk_… 헤더를 보내십시오.',
          'There is no key: send the header Authorization: Bearer mwk_…',
        ),
      ],
    };
  const caller = await gateRules.keys.byKey(key);
  if (caller) return { caller, checks: [welcome(caller)] };
  const reason = await explainKey(store, key);
  return {
    checks: [line('credentials', false, `키를 쓸 수 없습니다: ${reason}`, `The key is refused: ${reason}.`)],
  };
}

const welcome = ({ agency, scopes }: Caller): Check =>
  line(
    'credentials',
    true,
    `기관 ${agency}의 키입니다. 권한: ${scopes.join(', ')}`,
    `This is a key of the agency ${agency}; it opens ${scopes.join(', ')}.`,
  );

async function checkSignature({ gateRules }: CallerCheckDependencies, knock: Knock): Promise<Found> {
  const verified = verifyKnock(knock, gateRules.signingSecret);
  if (!verified.ok) {
    const hint = verified.base === undefined ? '' : ` ${JSON.stringify(verified.base)}`;
    return {
      checks: [
        line(
          'signature',
          false,
          `서명이 맞지 않습니다: ${verified.reason}.${hint && ` 서명할 문자열:${hint}`}`,
          `The signature is refused: ${verified.reason}.${hint && ` What was to be signed:${hint}`}`,
        ),
      ],
    };
  }
  const signed = verified.hasNonce
    ? line('signature', true, '서명이 맞습니다.', 'The signature is right.')
    : line(
        'signature',
        true,
        '서명이 맞습니다. nonce가 없어, 같은 초에 같은 요청을 두 번 보내면 두 번째는 거절됩니다.',
        'The signature is right. Without a nonce, the second of two equal requests in one second will be refused.',
      );
  const caller = await gateRules.keys.byId(verified.keyId);
  if (caller) return { caller, checks: [signed, welcome(caller)] };
  return {
    checks: [
      signed,
      line(
        'credentials',
        false,
        '이 keyid의 키는 유효하지 않습니다.',
        'The key with this keyid is revoked or expired.',
      ),
    ],
  };
}

function checkRules(
  { gateRules }: CallerCheckDependencies,
  knock: Knock,
  { agency }: Caller,
  isSigned: boolean,
): Check {
  const rules = gateRules.directory.findAgency(agency)?.doors ?? {};
  const broken = findRuleBroken(rules, knock, isSigned, gateRules.isProxy);
  return broken
    ? line(
        'rules',
        false,
        `기관의 접속 규칙에 맞지 않습니다: ${broken.message}`,
        `A rule of the agency is broken: ${broken.message}.`,
      )
    : line(
        'rules',
        true,
        `${knock.address}에서의 접속이 허용됩니다.`,
        `Calls from ${knock.address} are open to this agency.`,
      );
}
