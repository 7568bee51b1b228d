import type { SampleRequest } from './sample-step'

/** Requests that are done and wait for the resident's word. */
export const resolvedRequests: readonly SampleRequest[] = [
  {
    at: '1d 16:45',
    from: 'rosa',
    place: 'yard',
    words: ['Bins overflow in the yard', 'Переполнены контейнеры во дворе'],
    photos: ['bins-0', 'bins-1'],
    steps: [
      [25, 'assign', 'elsa'],
      [30, 'take'],
      ['140m', 'start'],
      ['95m', 'done'],
    ],
  },
  {
    at: '1d 12:10',
    from: 'tess',
    place: 'o204',
    words: ['Toilet on floor 2 does not flush', 'Не работает слив в туалете на 2 этаже'],
    urgency: 'SOON',
    steps: [
      [10, 'assign', 'marek'],
      [15, 'take'],
      ['4h', 'start'],
      [40, 'remark', ['Float was stuck. New one is in.', 'Заедал поплавок. Поставил новый.']],
      ['3h', 'done'],
    ],
  },
  {
    at: '1d 13:30',
    from: 'maria',
    place: 'f33',
    words: ['Key stuck in the letter box', 'Ключ застрял в почтовом ящике'],
    photos: ['lock-1'],
    steps: [
      [35, 'assign', 'joana'],
      [30, 'take'],
      [50, 'start'],
      ['5h', 'done'],
    ],
  },
  {
    at: '3d 10:20',
    from: 'uma',
    place: 'kitchen',
    words: ['Dishwasher leaves water on the floor', 'Посудомоечная машина оставляет воду на полу'],
    steps: [
      [40, 'assign', 'marek'],
      [25, 'take'],
      ['30h', 'start'],
      [
        60,
        'remark',
        ['Door seal worn out. Fitted the spare one.', 'Износилось уплотнение дверцы. Поставил запасное.'],
        'repaired-0',
      ],
      ['25h', 'done'],
      [25, 'reply', ['Dry so far, thank you.', 'Пока сухо, спасибо.']],
      [30, 'read'],
    ],
  },
  {
    at: '4d 09:50',
    from: 'yusuf',
    place: 'floor3',
    words: ['Squeaking door to the archive', 'Скрипит дверь архива'],
    urgency: 'CAN_WAIT',
    steps: [
      [90, 'assign', 'elsa'],
      [40, 'take'],
      ['29h', 'done'],
    ],
  },
  {
    at: '3d 17:30',
    from: 'quentin',
    place: 'f61',
    words: ['Smoke detector chirps every minute', 'Датчик дыма пищит каждую минуту'],
    steps: [
      [12, 'assign', 'daniel'],
      [8, 'take'],
      ['48h', 'start'],
      [20, 'remark', ['Battery. Changed it in the corridor as well.', 'Батарейка. Заменил и в коридоре.']],
      ['47h', 'done'],
    ],
  },
]
