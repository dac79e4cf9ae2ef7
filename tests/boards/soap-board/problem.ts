/**
 * A refusal in the board's own form, inside a normal 200 reply. E001 missing field, E002 too long, E003 character, E004
 * no such complaint, E005 unknown code, E009 busy.
 */
export class BoardProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A refusal as a SOAP fault with HTTP 500. The request was wrong, or the caller was not authenticated. */
export class SoapFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
