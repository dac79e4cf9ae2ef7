import { Type } from 'typebox';
import { Consent, ConsentGiven, ConsentWithdrawal, StandingConsent } from '../../../schemas/index.ts';
import { closed, define, type Operation, receiptNumber } from './define-operation.ts';

const consent = Type.Object({ consent: Consent }, closed);

/** Consents of complainants. */
export const consentOperations: Record<string, Operation> = {
  ListConsents: define(
    Type.Object({ receiptNumber }, closed),
    Type.Object({ consents: Type.Array(StandingConsent) }, closed),
    async (value, { calls, caller }) => ({ consents: await calls.listConsents(caller, value.receiptNumber) }),
  ),
  GiveConsent: define(
    Type.Object({ receiptNumber, given: ConsentGiven }, closed),
    consent,
    async (value, { calls, caller }) => ({
      consent: await calls.giveConsent(caller, value.receiptNumber, value.given),
    }),
  ),
  WithdrawConsent: define(
    Type.Object({ receiptNumber, withdrawal: ConsentWithdrawal }, closed),
    consent,
    async (value, { calls, caller }) => ({
      consent: await calls.withdrawConsent(caller, value.receiptNumber, value.withdrawal),
    }),
  ),
};
