/** What a controller says of a revision; texts are outside text. */
export type Judgement =
  /** `isSure` is false where only time tells that nothing more is coming. */
  | { readonly kind: 'healthy'; readonly isSure: boolean }
  | { readonly kind: 'waiting'; readonly what: string }
  /** `isFinal` is false for what may pass by itself. */
  | { readonly kind: 'broken'; readonly what: string; readonly isFinal: boolean };
