import fc from 'fast-check'
import type { Real } from './city'
import {
  cancel,
  clock,
  confirm,
  hold,
  kill,
  look,
  release,
  rush,
  seeOffer,
  staff,
  swap,
  wait,
  walkIn,
  wrongClock,
} from './commands'
import type { Network } from './step'

const command = <Args extends object>(
  name: string,
  args: { [Name in keyof Args]: fc.Arbitrary<Args[Name]> },
  run: (real: Real, args: Args) => Promise<void>,
) =>
  fc.record(args).map((given) => ({
    check: () => true,
    run: (_: object, real: Real) => run(real, given as Args),
    toString: () => `${name} ${JSON.stringify(given)}`,
  }))

const who = fc.nat(2)
const slot = fc.nat(3)
const item = fc.nat(1)
const persons = fc.constantFrom(1, 1, 2)
const network = fc.constantFrom<Network>('good', 'good', 'good', 'good', 'dropped', 'lost', 'gone', 'killed')
const holding = { who, network, slot, item, persons, moves: fc.constantFrom(false, false, true) }

/** Sequences of what may happen; what happens often comes more than once. */
export const sequences = (constraints: fc.CommandsContraints): fc.Arbitrary<Iterable<fc.AsyncCommand<object, Real>>> =>
  fc.commands(
    [
      command('hold', holding, hold),
      command('hold', holding, hold),
      command('hold to move', { ...holding, moves: fc.constant(true) }, hold),
      command('confirm', { who, network }, confirm),
      command('confirm', { who, network }, confirm),
      command('swap', { who, network }, swap),
      command('cancel', { who, network }, cancel),
      command('release', { who, network }, release),
      command('rush', { slot, item, persons }, rush),
      command('look', { who, network }, look),
      command('wait', { who, day: slot, item, persons }, wait),
      command('see offer', { who }, seeOffer),
      command('walk-in', { slot, persons }, walkIn),
      command(
        'staff',
        { who, state: fc.constantFrom('checked-in' as const, 'served', 'no-show', 'excused', 'cancelled-by-hall') },
        staff,
      ),
      command('clock', { minutes: fc.constantFrom(1, 4, 6, 6, 31, 113, 1560), swept: fc.boolean() }, clock),
      command('kill', { who }, kill),
      command('wrong clock', { who, minutes: fc.constantFrom(-9, 9, 525_600) }, wrongClock),
    ],
    constraints,
  )
