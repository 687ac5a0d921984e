import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { variables } from './variables.ts';

function evaluate(value: string) {
  const template = { id: 't', approved: true };
  return variables.evaluate(sendFacts({ content: { template, variables: [value] } }));
}

describe('the rule variables', () => {
  it.each([
    'see https://evil.example/x',
    'www.evil.example',
    'evil.example.com/login',
    '<a href=x>here</a>',
    '<img src=x>',
    '[here](evil)',
    'mailto:eve@example.com',
    'javascript://x',
  ])('holds %j where text belongs', (value) => {
    expect(evaluate(value)).toMatchObject([
      { effect: 'hold', needs: 'look', code: 'VARIABLE_NOT_TEXT', evidence: { value } },
    ]);
  });

  it.each(['Ana', 'O’Brien & Sons (Ltd.)', '2 < 3', 'Booking.com', '19.90', 'a/b', '10:30'])(
    'takes %j as text',
    (value) => expect(evaluate(value)).toEqual([]),
  );
});
