import type { SampleRequest } from './sample-step'

/** Requests that ended in another way: joined, declined, cancelled, or solved in a hurry. */
export const otherEnds: readonly SampleRequest[] = [
  {
    at: '50m',
    from: 'omar',
    place: 'lift',
    words: ['The lift does not come, floor 4', 'Лифт не приходит на 4 этаж'],
    photos: ['lift-2'],
    steps: [[9, 'duplicate', 'lift']],
  },
  {
    key: 'cold',
    at: '26d 08:20',
    from: 'farid',
    place: 'boilerRoom',
    words: ['Whole house is cold this morning', 'Утром холодно во всём доме'],
    urgency: 'DANGER',
    steps: [
      [6, 'priority', 'URGENT'],
      [1, 'assign', 'marek'],
      [3, 'take'],
      [20, 'start'],
      [
        2,
        'answer',
        [
          'Marek is at the boiler. We expect heating again before noon.',
          'Марек у котла. Тепло будет до обеда.',
        ],
      ],
      [110, 'done'],
      [45, 'fixed'],
    ],
  },
  {
    at: '26d 08:35',
    from: 'emma',
    place: 'f14',
    words: ['Heating does not work', 'Не работает отопление'],
    steps: [[20, 'duplicate', 'cold']],
  },
  {
    at: '26d 09:10',
    from: 'quentin',
    place: 'f61',
    words: ['Cold radiators in all rooms', 'Во всех комнатах холодные батареи'],
    steps: [[12, 'duplicate', 'cold']],
  },
  {
    at: '23d 16:00',
    from: 'clara',
    place: 'f11',
    words: ['Please paint my kitchen', 'Покрасьте, пожалуйста, мою кухню'],
    urgency: 'CAN_WAIT',
    steps: [
      [
        60,
        'decline',
        [
          'Painting inside the flats is up to the tenants. We gladly lend you the ladder.',
          'Внутри квартир красят жильцы. Лестницу охотно дадим.',
        ],
      ],
    ],
  },
  {
    at: '13d 10:40',
    from: 'wendy',
    place: 'o302',
    words: ['My laptop does not start', 'Не включается мой ноутбук'],
    steps: [
      [
        15,
        'decline',
        [
          'That is for your own IT support: we look after the building only.',
          'Это к вашей ИТ-поддержке: мы отвечаем только за здание.',
        ],
      ],
    ],
  },
  {
    at: '7d 18:30',
    from: 'liam',
    place: 'yard',
    words: ['Neighbours grill on the balcony', 'Соседи жарят мясо на балконе'],
    steps: [
      [30, 'decline', ['The house rules allow it until 21:00.', 'Правила дома разрешают это до 21:00.']],
    ],
  },
  {
    at: '18d 12:05',
    from: 'james',
    place: 'f44',
    words: ['Hall lamp is dark', 'Не горит лампа в прихожей'],
    steps: [[35, 'cancel']],
  },
  {
    at: '11d 19:20',
    from: 'maria',
    place: 'garage',
    words: ['I can not find my bay, somebody parks there', 'Моё место занято чужой машиной'],
    steps: [
      [14, 'answer', ['Which number does the car have?', 'Какой номер у машины?']],
      [21, 'cancel'],
    ],
  },
  {
    at: '4d 08:05',
    from: 'hugo',
    place: 'f24',
    words: ['No internet since yesterday', 'Со вчерашнего дня нет интернета'],
    steps: [
      [30, 'assign', 'piotr'],
      [55, 'cancel'],
    ],
  },
]
