import { identityClaims, type IdentityClaims } from '../../../shared/contract/visitor.ts';
import { DomainError, parse } from '../../kernel/errors.ts';

/** Whom a proof is for: one meant for something else, signed with the same secret by mistake, proves nothing here. */
const AUDIENCE = 'parlour-visitor';
/** A proof is made when a page is made, and used when the chat opens. */
const LONGEST_PROOF_S = 3_600;
/** How far the site's clock and ours may be apart. */
const CLOCK_TOLERANCE_S = 30;

const refused = (message: string) => new DomainError('unauthenticated', message);

/**
 * Reads a site's proof of who its visitor is: a JWT (HS256) signed with the workspace's identity secret; `aud` parlour-visitor, `sub` the site's
 * own id of the person, `exp` at most an hour away.
 * @throws unauthenticated or expired, with a sentence for the site's developer
 */
export async function readProof(token: string, secret: string | null, now: Date): Promise<IdentityClaims> {
  if (secret === null) {
    throw refused('This workspace has no identity secret yet, so nobody can be identified. Its owner can make one.');
  }
  const { decodeProtectedHeader, errors, jwtVerify } = await import('jose');
  try {
    const { alg } = decodeProtectedHeader(token);
    if (alg !== 'HS256') throw refused('This identity token is not signed with HS256, the only algorithm that counts.');
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: now,
    });
    if (payload.exp! - now.getTime() / 1000 > LONGEST_PROOF_S + CLOCK_TOLERANCE_S) {
      throw refused('This identity token lives too long. Set exp to at most an hour from now.');
    }
    return parse(identityClaims, payload);
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new DomainError(
        'expired',
        'This identity token has expired. The page must get a fresh one from its server.',
      );
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw refused(
        error.claim === 'aud'
          ? `This identity token is for somebody else. Set aud to "${AUDIENCE}".`
          : `This identity token lacks what it must say, or says it wrongly: ${error.claim}.`,
      );
    }
    if (error instanceof errors.JOSEError || error instanceof TypeError) {
      throw refused(
        'This identity token is not valid. It must be a JWT signed with the identity secret of this workspace.',
      );
    }
    throw error;
  }
}
