import { expect, test } from 'vitest'
import { countByStatus } from '../db/requests'
import { samplePng } from '../practice/simulator/sample-images'
import { joined, logText, newestRequest, personNamed, talker, testOffice } from './dialogue-fixture'

test('a message becomes a request, is assigned, done and confirmed, and everybody is told in English', async () => {
  const office = await testOffice()
  const marek = await joined(office, 502, 'Marek Novak')
  const anna = talker(office, 501, 'Anna Petrova')

  await anna.start()
  await anna.say('Leak under the kitchen sink')
  anna.phone.sendPhoto(samplePng(40, 30), { caption: 'water on the floor' })
  await office.settled()
  await anna.say('Linden Court, flat 34')
  const sent = await anna.tap('Send')
  office.dispatching.assign(newestRequest(office), personNamed(office, 'Marek Novak'))
  await office.settled()
  const notices = [await marek.tap('Take'), await marek.tap('Start')]
  const technicianBefore = marek.read()
  notices.push(await marek.tap('Done'), await anna.tap('Fixed'))

  expect({ sent, notices }).toEqual({
    sent: 'Sent. It is No. 1.',
    notices: ['Noted', 'Noted', 'Noted', 'Noted'],
  })
  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start
    < Write what is broken, or send a photo. The manager sees it at once, and you hear here what happens next.
    > Leak under the kitchen sink
    < *No. 1: closed*
      | Leak under the kitchen sink
      | water on the floor
      Place: Linden Court, flat 34
      1 photo
      Thank you. If it comes back within a week, press the button.
      [Not fixed]
    > (photo)
      water on the floor
    > Linden Court, flat 34
    < (to: No. 1: closed)
      No. 1: Marek Novak takes care of it.
    < (to: No. 1: closed)
      *No. 1 is done.*
      Fixed. Thank you."
  `)
  expect(technicianBefore).toMatchInlineSnapshot(`
    "> /start inv_CODE
    < You are on the team as Marek Novak. New jobs appear here. Reply to a job to leave a note or a photo for the office.
    < (photo)
      Photos of job 1
    < *Job 1: in progress*
      | Leak under the kitchen sink
      | water on the floor
      Place: Linden Court, flat 34
      From: Anna Petrova
      Priority: medium
      Due: TIME
      Reply to this message to leave a note or a photo for the office.
      [Done]
      [Can't]"
  `)
  expect(marek.find('Job 1').text).toMatchInlineSnapshot(`
    "Job 1: closed
    Leak under the kitchen sink
    water on the floor
    Place: Linden Court, flat 34
    From: Anna Petrova
    Priority: medium"
  `)
  expect([...countByStatus(office.database.read)].filter(([, count]) => count > 0)).toEqual([['CLOSED', 1]])
  expect(logText(office)).not.toContain('"level":"error"')
})

test('the same in Russian', async () => {
  const office = await testOffice()
  const marek = await joined(office, 502, 'Марек Новак', 'ru')
  const anna = talker(office, 501, 'Анна Петрова', 'ru')

  await anna.start()
  await anna.say('Течёт под раковиной')
  anna.phone.sendPhoto(samplePng(40, 30), { caption: 'вода на полу' })
  await office.settled()
  await anna.say('Липовый двор, кв. 34')
  await anna.tap('Опасно')
  const sent = await anna.tap('Отправить')
  const id = newestRequest(office)
  office.dispatching.assign(id, personNamed(office, 'Марек Новак'))
  await office.settled()
  await marek.tap('Беру')
  office.dispatching.hold(id, 'ждём деталь', null)
  await office.settled()
  const technicianBefore = marek.read()
  await marek.tap('Начать')
  await marek.tap('Готово')
  await anna.tap('Не исправлено')
  await anna.say('всё ещё капает')

  expect(sent).toBe('Отправлено. Это № 1.')
  expect(anna.read()).toMatchInlineSnapshot(`
    "> /start
    < Напишите, что сломалось, или пришлите фото. Управляющий увидит это сразу, а о дальнейшем вы узнаете здесь.
    > Течёт под раковиной
    < *№ 1: получена*
      | Течёт под раковиной
      | вода на полу
      Место: Липовый двор, кв. 34
      1 фотография
      Мы смотрим ещё раз.
      Ответим до TIME.
      Ответьте на это сообщение, чтобы что-то добавить.
      [Отменить заявку]
    > (photo)
      вода на полу
    > Липовый двор, кв. 34
    < (to: № 1: получена)
      № 1: заявкой занимается Марек Новак.
    < (to: № 1: получена)
      № 1 ждёт: ждём деталь
    < (to: № 1: получена)
      *№ 1 выполнена.*
      Не исправлено. Заявка снова открыта.
    < Нам жаль. Что ещё не так? Напишите здесь; заявка снова открыта.
    > всё ещё капает
      (👀)"
  `)
  expect(technicianBefore).toMatchInlineSnapshot(`
    "> /start inv_CODE
    < Вы в команде как Марек Новак. Новые заявки появятся здесь. Ответьте на карточку заявки, чтобы оставить заметку или фото для диспетчера.
    < (photo)
      Фото к заявке 1
    < *Заявка 1: на паузе*
      | Течёт под раковиной
      | вода на полу
      Место: Липовый двор, кв. 34
      От кого: Анна Петрова
      Приоритет: высокий
      Ждём: ждём деталь
      Ответьте на это сообщение, чтобы оставить заметку или фото для диспетчера.
      [Начать]
      [Не могу]"
  `)
  expect(marek.find('Заявка 1').text).toMatchInlineSnapshot(`"Заявка 1 больше не ваша."`)
})
