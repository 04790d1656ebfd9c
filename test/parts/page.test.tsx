import '../support/match-media'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { asId } from '@/domain/ids'
import { PageState, page } from '@/parts/page'
import { readLink } from '@/routes'
import { serviceError } from '@/services/errors'
import { failures } from '@/text/parts/failures'
import { stage } from '../support/taro'

beforeEach(() => stage.reset())

const Bill = page({
  link: (params) => readLink(params, ['city', 'bill']),
  title: (language) => `title ${language}`,
  view: ({ city, bill }) => <>{`${bill} of ${city}`}</>,
})

test('a page gets what its link holds, and its title', async () => {
  stage.params = { city: '330100', bill: '9007199254740993' }
  render(<Bill />)
  expect(document.body.textContent).toBe('9007199254740993 of 330100')
  await act(async () => {})
  expect(JSON.stringify([stage.calls, document.title])).toContain('title zh-CN')
})

test('N8: a link without its id shows a clear message and nothing of the page', () => {
  stage.params = { city: '330100' }
  render(<Bill />)
  expect(screen.getByText(failures['zh-CN'].badLink.title)).toBeTruthy()
  expect(document.body.textContent).not.toContain('of 330100')
})

test('a page without a link needs none', () => {
  const About = page({ view: () => <>about</> })
  render(<About />)
  expect(document.body.textContent).toBe('about')
})

test('while it loads a skeleton is shown, after a failure its text and a retry, then the content', () => {
  type State = Parameters<typeof PageState>[0]['state'] | { status: 'ready'; value: string }
  let reloads = 0
  const error = serviceError('offline', asId('local-1'), 'none')
  const of = (state: State) => (
    <PageState state={state} skeleton={[{ kind: 'card' }]}>
      {(ready) => <>{'value' in ready && ready.value}</>}
    </PageState>
  )
  const { rerender } = render(of({ status: 'loading' }))
  expect(screen.getByRole('status')).toBeTruthy()
  rerender(of({ status: 'failed', error, reload: () => reloads++ }))
  expect(screen.getByText(failures['zh-CN'].offline.title)).toBeTruthy()
  fireEvent.click(screen.getAllByRole('button')[0] as HTMLElement)
  expect(reloads).toBe(1)
  rerender(of({ status: 'ready', value: 'content' }))
  expect(document.body.textContent).toBe('content')
})
