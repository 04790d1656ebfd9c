import { callHost, limits } from './host-call'

/** Downloads a PDF and opens it with the host, which can save it and pass it on. False when it failed. Never rejects. */
export const openFile = (url: string): Promise<boolean> =>
  callHost(limits.sheet, false, (resolve) => {
    const fail = () => resolve(false)
    wx.downloadFile({
      url,
      success: ({ statusCode, tempFilePath }) => {
        if (statusCode !== 200) return fail()
        wx.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true, success: () => resolve(true), fail })
      },
      fail,
    })
  })
