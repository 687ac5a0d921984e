/**
 * How a provider that says "too fast" is left alone: from one message to the next, and for how long,
 * ms. The second step is for who says it again. Figures of KumoMTA's traffic shaping: 10 a minute for
 * half an hour, 1 a minute for an hour and a half.
 */
export const SLOW_STEPS: readonly { readonly interval: number; readonly length: number }[] = [
  { interval: 6_000, length: 30 * 60_000 },
  { interval: 60_000, length: 90 * 60_000 },
];
