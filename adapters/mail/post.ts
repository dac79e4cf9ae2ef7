import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { Outcome } from '../contract.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toBoardError, toOutcome } from '../kit/outcome/call-error.ts';
import type { MailClient, Outgoing } from './client.ts';
import type { MailSettings } from './config.ts';
import type { Signer } from './reply-address.ts';
import { Rejected } from './smtp.ts';

/** What the methods share. It lives as long as the adapter and never changes. */
export interface MailParts {
  settings: MailSettings;
  client: MailClient;
  signer: Signer;
  timeZone: string;
}

/** The key of a complaint's first mail, as the hub creates it. Later mails refer to that mail (RFC 5322, 3.6.4). */
export const toThreadKey = (receiptNumber: string): string => `${receiptNumber}/1`;

/** Sends one mail. It never throws. */
export async function sendLetter(
  { client, settings }: MailParts,
  mail: Outgoing,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    await client.send(mail, signal);
    return { kind: 'done', ref: { externalId: mail.receiptNumber } };
  } catch (error) {
    if (error instanceof Rejected) return toRefused(error, settings);
    return error instanceof HttpError ? toOutcome(error) : { kind: 'unknown', reason: reasonOf(error) };
  }
}

/** Names each refused recipient by his or her place in the settings. */
function toRefused({ reason, recipients }: Rejected, { officers }: MailSettings): Outcome {
  const fields = recipients.map(({ address, reply }) => {
    const index = officers.findIndex((officer) => officer.address === address);
    const pointer = index < 0 ? '/replyAddress' : `/officers/${index}/address`;
    return { pointer, reason: reply ? toReason('mail_answered', { reply }) : toReason('mail_unanswered') };
  });
  return { kind: 'refused', reason, fields };
}

/** Checks whether the copy of the mail with this key has arrived. Throws BoardError. */
export async function findSent(
  { client, signer }: MailParts,
  key: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await client.read(signal, async ({ client: session, box }) => {
      const found =
        box.exists > 0 &&
        (await session.search({ header: { 'X-Minwon-Hub': signer.toMark(key) } }, { uid: true }));
      return found ? found.length > 0 : false;
    });
  } catch (error) {
    throw toBoardError(error);
  }
}
