/** Argon2id with the library's defaults (19 MiB, 2 passes), as OWASP advises. Loaded on first use: most starts never need it. */
const argon = () => import('@node-rs/argon2');

export async function hashPassword(password: string): Promise<string> {
  return (await argon()).hash(password);
}

/** A hash nobody's password has: checked when there is no such teammate, so that the answer takes as long either way. */
let decoy: Promise<string> | undefined;

export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const { verify } = await argon();
  decoy ??= hashPassword(crypto.randomUUID());
  const matches = await verify(hash ?? (await decoy), password);
  return hash !== null && matches;
}
