import type { ConsentSeed } from '../../city/catalogue'
import type { Words } from '../../city/words'

/** The texts of a city that asks for consents, with its telephone number. Of the document's there were two versions. */
export function consentTexts(phone: string): ConsentSeed[] {
  const counter: Words = {
    zh: `您可以到大厅现场办理，或拨打 ${phone}。`,
    en: `You can come to the hall without an appointment, or call ${phone}.`,
  }
  return [
    {
      consent: 'real-name',
      version: 1,
      sensitive: false,
      title: { zh: '使用真实姓名和手机号', en: 'Using your real name and phone number' },
      purpose: {
        zh: '核对您是谁，在缴费凭证和预约上写您的名字',
        en: 'To know who you are, and to name you on receipts and visits',
      },
      text: {
        zh: '姓名和手机号由微信或支付宝在您同意后提供，由本市政务服务平台保管，不提供给其他单位。撤回后立即删除，已有的缴费凭证不变。',
        en: 'WeChat or Alipay gives them after you agree. The city’s service platform keeps them and passes them to nobody else. They are deleted as soon as you withdraw; receipts that were issued stay as they are.',
      },
      without: counter,
    },
    {
      consent: 'messages',
      version: 1,
      sensitive: false,
      title: { zh: '发送消息', en: 'Sending you messages' },
      purpose: { zh: '提醒账单到期、退款到账和预约变化', en: 'To remind you of bills, refunds and changes of visits' },
      text: {
        zh: '消息由微信或支付宝送达，内容只有您要求提醒的事。撤回后立即停发，还没有发出的也不再发出。',
        en: 'WeChat or Alipay delivers them, and they are only about what you asked for. They stop as soon as you withdraw, also those that are not sent yet.',
      },
      without: {
        zh: '您可以随时在小程序里查看账单和预约。',
        en: 'You can look at bills and visits in the app at any time.',
      },
    },
    ...(
      [
        '证件号码只用于办事大厅核对来人。',
        '证件号码只用于办事大厅核对来人，打码后随预约保存，撤回同意后删除。',
      ] as const
    ).map(
      (zh, index): ConsentSeed => ({
        consent: 'document-number',
        version: index + 1,
        sensitive: true,
        title: { zh: '使用证件号码', en: 'Using your document number' },
        purpose: { zh: '办事大厅核对来的人是您', en: 'So that the hall can check that it is you who comes' },
        text: {
          zh,
          en:
            index === 0
              ? 'The document number is used by the hall only, to check who comes.'
              : 'The document number is used by the hall only, to check who comes. It is kept masked with the visit, and deleted from visits that are over when you withdraw.',
        },
        without: counter,
      }),
    ),
    {
      consent: 'face',
      version: 1,
      sensitive: true,
      title: { zh: '使用人脸信息', en: 'Using your face' },
      purpose: { zh: '确认正在操作的是您本人', en: 'To check that it is you who uses the phone' },
      text: {
        zh: '人脸由微信或支付宝比对，本市只收到“是”或“不是”，不收到也不保存照片。',
        en: 'WeChat or Alipay compares your face. The city only hears yes or no; it neither receives nor keeps a picture.',
      },
      without: counter,
    },
    {
      consent: 'identity',
      version: 1,
      sensitive: true,
      title: { zh: '用姓名和身份证号核验身份', en: 'Using your name and ID number to verify who you are' },
      purpose: { zh: '确认您就是证件上的人', en: 'To check that you are the person on the ID card' },
      text: {
        zh: '姓名和身份证号由微信或支付宝核对，号码只用这一次，本市不保存；核验结果最多保留半年，撤回后立即失效。',
        en: 'WeChat or Alipay checks your name and number. The number is used this once and not kept; the result holds for half a year at most, and ends as soon as you withdraw.',
      },
      without: counter,
    },
    {
      consent: 'saved-visitors',
      version: 1,
      sensitive: false,
      title: { zh: '保存常用办事人', en: 'Keeping people you book for' },
      purpose: { zh: '下次预约不用再填', en: 'So that you need not type them again' },
      text: {
        zh: '姓名、手机号和打码后的证件号由本市保存，最多 10 人，两年不用就删除。请先征得本人同意。撤回后立即全部删除，已有的预约不变。',
        en: 'The city keeps the name, the phone number and the masked document number of ten people at most, for two years after the last use. Ask them first. All of them are deleted as soon as you withdraw; visits that are booked stay.',
      },
      without: { zh: '这次照样可以预约，下次再填。', en: 'You can book all the same, and type them again next time.' },
    },
  ]
}
