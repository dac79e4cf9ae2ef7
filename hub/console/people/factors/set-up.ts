import type { FastifyRequest } from 'fastify';
import { ask, findAsk, takeAsk } from '../../../access/factors/factor-asks.ts';
import { addFactor, type NewFactor, type Owner } from '../../../access/factors/factors.ts';
import { offerNewPasskey, type Site, takeNewPasskey, toSite } from '../../../access/factors/passkeys.ts';
import { countRecoveryCodes, renewRecoveryCodes } from '../../../access/factors/recovery-codes.ts';
import { createTotpSecret, findStep, toTotpUri } from '../../../access/factors/totp.ts';
import { drawQrCode } from '../../../paper/qr-code.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toBrowserName } from '../browser-name.ts';
import { findKnownUrl } from '../known-url.ts';

/** The most characters of a name of a factor. */
const longestName = 60;

/** The site of this hub's passkeys. Undefined: it has no name of its own that it knows. */
export function findSite(deps: ConsoleDeps, request: FastifyRequest): Site | undefined {
  const url = findKnownUrl(deps, request);
  return url === null ? undefined : toSite(url);
}

/** What the forms for a new factor show. A secret that is being set up stays the same until it is used. */
export async function showSetUp(deps: ConsoleDeps, request: FastifyRequest, holder: string, owner: Owner) {
  const { store } = deps;
  let secret = await findAsk(store, holder, 'totp');
  if (secret === undefined) {
    secret = createTotpSecret();
    await ask(store, holder, 'totp', secret);
  }
  const { size, dark } = drawQrCode(toTotpUri(secret, owner.login));
  const site = findSite(deps, request);
  return {
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    // Four white squares around it (ISO/IEC 18004).
    qrSize: size + 8,
    qr: dark.map(([row, column]) => `M${column + 4} ${row + 4}h1v1h-1z`).join(''),
    newPasskey: site ? await offerNewPasskey(store, holder, owner, site) : null,
    browser: toBrowserName(request.headers['user-agent']) ?? '',
  };
}

/** The factor that the person set up with the form. Undefined: the code or the passkey is not right. */
export async function takeSetUp(
  deps: ConsoleDeps,
  request: FastifyRequest,
  holder: string,
): Promise<NewFactor | undefined> {
  const { store, log } = deps;
  const { name = '', code = '', newPasskey = '' } = request.typed();
  const named = (fallback: string) => name.slice(0, longestName) || fallback;
  if (newPasskey) {
    const site = findSite(deps, request);
    return site && takeNewPasskey(store, log, holder, site, { name: named('passkey'), answer: newPasskey });
  }
  const secret = await findAsk(store, holder, 'totp');
  const step = secret === undefined ? undefined : findStep(secret, code);
  if (secret === undefined || step === undefined) return undefined;
  await takeAsk(store, holder, 'totp');
  return { kind: 'totp', name: named('TOTP'), secret, step };
}

/** Adds the factor. Resolves with new recovery codes if the person has none, which are shown this once. */
export async function keepFactor({ store }: ConsoleDeps, owner: Owner, factor: NewFactor): Promise<string[]> {
  const left = await countRecoveryCodes(store, owner.id);
  return store.db.transaction().execute(async (transaction) => {
    await addFactor(transaction, owner, factor);
    return left > 0 ? [] : renewRecoveryCodes(transaction, owner);
  });
}
