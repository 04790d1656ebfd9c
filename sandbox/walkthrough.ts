import type { FaultName } from './faults'

/** One thing to try: what to switch on (nothing, where the till or the clock is enough), what to do then and what must be seen. */
type Step = { fault?: FaultName; also?: FaultName; todo: string; expect: string }
type Row = { row: string; title: string; steps: Step[] }

/** The rows of FAILURES.md for people: each can be seen in the preview. Every fault stands in one of them. */
export const walkthrough: Row[] = [
  {
    row: 'M1',
    title: 'One bill, one payment',
    steps: [
      {
        fault: 'lost-answer',
        todo: 'Choose "once", then pay a bill.',
        expect: 'The payment goes on by itself; the list of payments holds one.',
      },
      {
        fault: 'somebody-paying',
        todo: 'Pay a bill.',
        expect: 'Somebody else is paying it, nothing was charged, look again in a while.',
      },
      { todo: 'Open the same bill in two windows and pay in both.', expect: 'Both show the same order number.' },
    ],
  },
  {
    row: 'M2',
    title: 'The cashier does not know',
    steps: [
      {
        fault: 'unknown-result',
        todo: 'Pay at the till. Switch it off after a while.',
        expect: '"We are checking, do not pay again", no pay button; then paid, without a tap.',
      },
    ],
  },
  {
    row: 'M3',
    title: '"Cancelled", and money moved',
    steps: [{ fault: 'cancelled-but-paid', todo: 'Press cancel at the till.', expect: 'Paid, never "not paid".' }],
  },
  {
    row: 'M4',
    title: 'App killed in the cashier',
    steps: [
      {
        fault: 'app-killed',
        todo: 'Pay at the till: the preview starts anew.',
        expect: 'The payment finishes its story before anything else is offered.',
      },
    ],
  },
  {
    row: 'M5',
    title: 'Paid, not credited',
    steps: [
      {
        fault: 'paid-not-credited',
        todo: 'Pay, then move the clock past the promise (Hangzhou electricity: 10 min).',
        expect: 'Two clocks; past the promise a report, filled in.',
      },
      {
        fault: 'ebill-failed',
        todo: 'Pay, move the clock by 10 min, open the receipt.',
        expect: 'The receipt holds; the e-bill could not be issued, and what to do.',
      },
    ],
  },
  {
    row: 'M6',
    title: 'Paying and closing cross',
    steps: [
      {
        fault: 'closing-crossed',
        todo: 'Start a payment, leave the till with "app killed", then give the payment up.',
        expect: '"Closing", and 12 seconds later paid: the answer of the server decides.',
      },
      {
        todo: 'Give a payment up, then press "pay, though closed" in the table of payments below.',
        expect: 'The money goes back by itself, with a timeline.',
      },
    ],
  },
  {
    row: 'M7',
    title: 'The amount changed',
    steps: [
      {
        fault: 'bill-changed',
        todo: 'Choose "once", then pay a bill.',
        expect: 'Old and new amount, asked again; nothing was charged.',
      },
    ],
  },
  {
    row: 'M8',
    title: "A stranger's bill, a bill paid just now",
    steps: [
      {
        fault: 'recently-paid',
        todo: 'Pay a bill.',
        expect: 'A warning with the time of the other payment; paying all the same takes another tap.',
      },
      { todo: 'Bind any number from the table below.', expect: 'Masked holder and address; the first payment warns.' },
    ],
  },
  {
    row: 'M9',
    title: 'Some bills credited, some not',
    steps: [
      {
        fault: 'credit-refused',
        todo: 'Pay several bills at once; move the clock by a minute.',
        expect: 'An outcome for each bill; the last one goes back, the others are credited.',
      },
    ],
  },
  {
    row: 'M10',
    title: 'Notifications repeated, late, lost',
    steps: [
      { fault: 'notification-repeated', todo: 'Pay.', expect: 'Paid once; nothing flickers.' },
      {
        fault: 'notification-late',
        todo: 'Pay, then move the clock by a minute.',
        expect: 'Old news after new changes nothing: a state never goes back.',
      },
      { fault: 'notification-lost', todo: 'Pay.', expect: 'Paid all the same: the city asks.' },
    ],
  },
  {
    row: 'M11',
    title: 'Refund pending, failed, partly',
    steps: [
      {
        fault: 'refund-pending',
        also: 'credit-refused',
        todo: 'Pay one bill; move the clock by a minute.',
        expect: 'Refunding, with a day of arrival, reference and telephone.',
      },
      {
        fault: 'refund-failed',
        also: 'credit-refused',
        todo: 'Pay one bill; move the clock by a minute. Switch it off and move the clock by 2 hours.',
        expect: 'Failed, somebody will call; then returned. The timeline keeps all of it.',
      },
    ],
  },
  {
    row: 'M12',
    title: 'The biller can not be reached',
    steps: [
      { fault: 'biller-not-answering', todo: 'Open an account.', expect: 'Not answering; never "nothing due".' },
      { fault: 'biller-closed', todo: 'Open an account.', expect: 'Closed until seven; never "nothing due".' },
    ],
  },
  {
    row: 'S1',
    title: 'The last place',
    steps: [{ fault: 'slot-taken', todo: 'Choose a time.', expect: 'The nearest three; all input kept.' }],
  },
  {
    row: 'S2',
    title: 'The hold expires',
    steps: [
      {
        fault: 'hold-expires-at-once',
        todo: 'Choose a time and type for three seconds.',
        expect: 'One tap holds it again; all input kept.',
      },
    ],
  },
  {
    row: 'S3',
    title: 'The answer to the confirmation is lost',
    steps: [
      {
        fault: 'confirmation-lost',
        todo: 'Confirm a booking; switch it off and tap again.',
        expect: 'The same visit, once; nothing says that it failed before the city was asked.',
      },
    ],
  },
  {
    row: 'S4',
    title: 'Moving a visit',
    steps: [
      {
        fault: 'hold-gone',
        todo: 'Move a visit to another time.',
        expect: 'The old time is still yours, said in words; one tap tries again.',
      },
    ],
  },
  {
    row: 'S5',
    title: 'Shown free, found full',
    steps: [
      { fault: 'day-found-full', todo: 'Open a day with places.', expect: 'It explains itself; the next free day.' },
    ],
  },
  {
    row: 'S6',
    title: 'Cancelling late, staying away, limits',
    steps: [
      {
        todo: 'Book a visit, move the clock past the hour until which cancelling is free, cancel.',
        expect: 'Before the button: it counts, as which of how many.',
      },
      {
        todo: 'Press "no-show" in the table of visits below until the limit is reached, then book.',
        expect: 'Closed until a stated day, said before a time is chosen.',
      },
    ],
  },
  {
    row: 'S7',
    title: 'Six ends of a visit',
    steps: [
      {
        todo: 'Press each end in the table of visits below; cancel one yourself.',
        expect: 'Six different texts; none for another.',
      },
    ],
  },
  {
    row: 'S8',
    title: 'No network in the basement',
    steps: [
      {
        fault: 'dropped-connection',
        todo: 'Open a visit that was open before.',
        expect: 'Code, address and checklist, with "as of".',
      },
    ],
  },
  {
    row: 'S9',
    title: 'Queue figures',
    steps: [
      { fault: 'queue-stale', todo: 'Open a hall.', expect: 'No figure, or one with its age.' },
      { fault: 'queue-missing', todo: 'Open a hall.', expect: 'No figure at all.' },
      {
        todo: 'Press "checked-in" in the table of visits below, move the clock by a minute or two.',
        expect: 'A number, and fewer and fewer before it, until a counter calls.',
      },
    ],
  },
  {
    row: 'N',
    title: 'Session, network, device',
    steps: [
      { fault: 'token-expired', todo: 'N1: choose "once", do anything.', expect: 'One silent sign-in, nothing lost.' },
      { fault: 'slow', todo: 'N2: open any page.', expect: 'Skeletons, then content; nothing jumps.' },
      { fault: 'dropped-connection', todo: 'N2: open a page seen before.', expect: 'The copy, with "as of".' },
      { fault: 'busy-429', todo: 'N3: open any page.', expect: 'Busy, try again in a while; the city is left alone.' },
      { fault: 'error-500', todo: 'N4: open any page.', expect: 'An error with its number, and a way on.' },
      { fault: 'html-instead-of-json', todo: 'N4: open any page.', expect: 'An error with its number.' },
      { fault: 'half-body', todo: 'N4: open any page.', expect: 'An error with its number.' },
      { fault: 'contract-breaking-answer', todo: 'N4: open any page.', expect: 'An error with its number.' },
      { fault: 'fractional-fen', todo: 'N4: open a bill.', expect: 'An error; never a wrong amount.' },
      { todo: 'N5: move the clock by a day.', expect: 'Deadlines follow the city, not this machine.' },
      { todo: 'N9: choose Sanya.', expect: 'In maintenance: all can be read, nothing paid; the telephone number.' },
    ],
  },
]
