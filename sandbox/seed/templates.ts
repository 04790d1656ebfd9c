import type { TemplateSeed } from '../../city/catalogue'

/** The subscription messages of a city: bills until taken back, visits and progress for one message each. */
export function templatesOf(letters: string): TemplateSeed[] {
  const id = (name: string) => `tmpl-${letters}-${name}`
  return [
    {
      id: id('bill-due'),
      title: { zh: '缴费提醒', en: 'Bill reminders' },
      kinds: ['bill-new', 'bill-due', 'bill-brought', 'collection-ahead', 'mandate-ended'],
      once: false,
    },
    {
      id: id('visit'),
      title: { zh: '预约、候补和叫号', en: 'Visits, waiting list and numbers called' },
      kinds: [
        'place-offered',
        'visit-tomorrow',
        'visit-cancelled',
        'visit-changed',
        'ticket-near',
        'ticket-called',
        'ticket-passed',
        'ticket-ended',
      ],
      once: true,
    },
    {
      id: id('progress'),
      title: { zh: '退款和反馈进度', en: 'Refunds and reports' },
      kinds: ['refund-arrived', 'recall-ended', 'report-answered'],
      once: true,
    },
  ]
}
