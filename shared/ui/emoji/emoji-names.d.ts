/** Made at build: see emoji-names.ts at the root. */
declare module 'emoji-names:*' {
  /** One text per group, in the picker's order; see emoji-set.ts. */
  const groups: string[];
  export default groups;
}
