/** @jest-environment jsdom */
import { openFile } from '@/platform/files'
import { host, start } from './suite'

const url = 'https://inv.hangzhou.example/f/1.pdf'

if (host === 'preview') {
  test('a file opens in another window, and a browser that opens none says so', async () => {
    const open = jest.spyOn(window, 'open').mockReturnValueOnce(window).mockReturnValueOnce(null)
    expect([await openFile(url), await openFile(url)]).toEqual([true, false])
    expect(open).toHaveBeenCalledWith(url, '_blank')
    open.mockRestore()
  })
} else {
  test('a file is downloaded and opened by the host', async () => {
    const { calls } = start()
    expect(await openFile(url)).toBe(true)
    expect(calls.map(({ name }) => name)).toEqual(['downloadFile', 'openDocument'])
    expect(calls[0]?.options).toMatchObject({ url })
    expect(calls[1]?.options).toMatchObject({ fileType: 'pdf' })
  })

  test.each(['not permitted', 'not found', 'unreadable'] as const)('a file that is %s does not open', async (file) => {
    const { circumstances } = start()
    circumstances.file = file
    expect(await openFile(url)).toBe(false)
  })
}
