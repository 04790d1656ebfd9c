/** Opens a PDF in another window of the browser. False when it did not open. Never rejects. */
export const openFile = async (url: string): Promise<boolean> => window.open(url, '_blank') !== null
