/** WS-Security 1.0 and the namespaces that it builds on (OASIS, 2004; W3C). */
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';

export const securityNamespace = `${oasis}wssecurity-secext-1.0.xsd`;
export const utilityNamespace = `${oasis}wssecurity-utility-1.0.xsd`;
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const passwordTypes = `${oasis}username-token-profile-1.0#`;
export const passwordText = `${passwordTypes}PasswordText`;
export const passwordDigest = `${passwordTypes}PasswordDigest`;
