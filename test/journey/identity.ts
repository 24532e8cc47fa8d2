/** What a site's own server does for its visitors in a story. */
import { createHmac } from 'node:crypto';
import type { House } from './house.ts';

/** @returns what signs proofs of who a visitor is */
export async function proofs(house: House): Promise<(claims: Record<string, unknown>) => string> {
  const { secret } = await house.ask<{ secret: string }>('POST', '/workspace/identity-secret', {});
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return (claims) => {
    const exp = Math.floor(Date.now() / 1000) + 300;
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ aud: 'parlour-visitor', exp, ...claims })}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
}
