export * from './agency.ts';
export { toAgencyEvent } from './agency-event.ts';
export * from './calls/agent-calls.ts';
export * from './calls/attachment-calls.ts';
export * from './calls/calls.ts';
export * from './calls/clock-call.ts';
export { fitsOnWire, toWire, toWireWords } from './calls/reason-on-wire.ts';
export * from './complaint.ts';
export * from './consents.ts';
export * from './contribution.ts';
export * from './disclosure.ts';
export * from './event.ts';
export { type IdentifierKind, identifierKinds } from './identifiers/find-identifiers.ts';
export {
  byOfficers,
  type FoundNumber,
  isMasked,
  type MaskCounts,
  maskText,
  maskValue,
} from './identifiers/mask-identifiers.ts';
export { toGivenInstant } from './instant.ts';
export * from './office-hours.ts';
export * from './post.ts';
export * from './reason.ts';
export * from './routing.ts';
export { listSecretReferences } from './secret-references.ts';
export * from './statuses.ts';
export * from './statutory-item.ts';
export * from './steps/index.ts';
export { digestText, digestTitle, normaliseText } from './text-digest.ts';
export { type Checked, compile } from './validate.ts';
export * from './vocabulary.ts';
export * from './webhook-event.ts';
