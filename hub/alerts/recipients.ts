import type { Language } from '../../schemas/index.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Alert } from './advance.ts';
import { getCondition } from './conditions.ts';

/** How to reach the operator of the hub. This comes from the settings, not from the configuration. */
export interface Operator {
  emails: string[];
  /** The language of the mails. */
  language: Language;
  hasWebhook: boolean;
}

export interface AlertAddress {
  channel: 'email' | 'webhook';
  /**
   * An e-mail address. For a webhook it only says that it is the operator's: the URL may be secret and stays in the
   * settings.
   */
  address: string;
  language: Language;
}

/** People who get the same messages: the operator, or the officers of an agency. */
interface Audience {
  name: string;
  addresses: AlertAddress[];
  alerts: Alert[];
}

export const operatorAudience = 'operator';

/** Who has to hear of which alerts. People who cannot be reached are left out. */
export function listAudiences(
  { directory, operator }: { directory: Directory; operator: Operator },
  alerts: Alert[],
): Audience[] {
  const audiences = new Map<string, Alert[]>();
  for (const alert of alerts)
    for (const concerned of getCondition(alert.condition).tells) {
      // A finding on something else than an agency is the operator's.
      const isAgency = concerned === 'agency' && directory.findAgency(alert.subject) !== undefined;
      const name = isAgency ? alert.subject : operatorAudience;
      const list = audiences.get(name) ?? [];
      if (!list.includes(alert)) list.push(alert);
      audiences.set(name, list);
    }
  return [...audiences]
    .map(([name, list]) => ({ name, addresses: toAddresses(directory, operator, name), alerts: list }))
    .filter(({ addresses }) => addresses.length > 0);
}

function toAddresses(directory: Directory, operator: Operator, audience: string): AlertAddress[] {
  const isOperator = audience === operatorAudience;
  const mails = isOperator
    ? operator.emails.map((address) => ({ address, language: operator.language }))
    : (directory.findAgency(audience)?.officers ?? []).flatMap(({ email, language = 'ko' }) =>
        email ? [{ address: email, language }] : [],
      );
  const byAddress = new Map(mails.reverse().map((mail) => [mail.address, mail]));
  const addresses: AlertAddress[] = [...byAddress.values()]
    .reverse()
    .map((mail) => ({ channel: 'email', ...mail }));
  if (isOperator && operator.hasWebhook)
    addresses.push({ channel: 'webhook', address: operatorAudience, language: operator.language });
  return addresses;
}
