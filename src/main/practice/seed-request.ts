import { CommentId, type PersonId, RequestId } from '../../shared/model/ids'
import { assertNever, must } from '../../shared/model/refusal'
import { findPerson, type Person } from '../db/people'
import { findRequest, saveRequest } from '../db/requests'
import { allows, placed, type Request } from '../domain/request'
import type { Pressed } from '../usecases/drafting'
import { managerIdOf } from '../usecases/people'
import { rowId, updateName } from '../usecases/row-ids'
import { type ResidentKey, sampleResidents, sampleTechnicians } from './sample-people'
import { placeOf } from './sample-places'
import type { PictureName } from './sample-pictures'
import type { SampleRequest, Step } from './sample-step'
import { waitingUntil } from './sample-time'
import type { Words } from './sample-words'
import type { Stage } from './stage'

/** How long it takes a resident from the first words to Send, in ms. */
const WRITING_MS = 40_000

/** Reports a request the way its reporter did, and returns its id. */
export function report(stage: Stage, sample: SampleRequest): RequestId {
  const { from } = sample
  if (typeof from === 'string') return reportToBot(stage, sample, from)
  const { request } = stage.dispatching.create({
    description: stage.words(sample.words),
    place: placeOf(sample.place, stage.language),
    unitId: stage.unit(sample.place),
    reporterName: from.caller === undefined ? null : stage.words(from.caller),
    priority: from.priority,
  })
  return request.id
}

function reportToBot(stage: Stage, sample: SampleRequest, from: ResidentKey): RequestId {
  const { telegramId } = must(
    sampleResidents.find(({ key }) => key === from),
    'the reporter of a sample request',
  )
  const person = stage.person(telegramId)
  const say = () => ({
    update: stage.nextUpdate(),
    person,
    chatId: telegramId,
    messageId: stage.nextMessage(),
    writtenAt: stage.clock(),
  })
  const first = say()
  stage.drafting.text(first, stage.words(sample.words))
  for (const photo of sample.photos ?? []) {
    stage.drafting.file(say(), stage.file(photo), { sizeBytes: undefined, caption: '' })
  }
  stage.setClock(stage.clock() + WRITING_MS)
  const requestId = RequestId.parse(rowId(first.update, 'request'))
  const unitId = stage.unit(sample.place)
  if (person.unitId !== unitId) stage.drafting.place(press(stage, person, requestId), unitId)
  if (sample.urgency) stage.drafting.urgency(press(stage, person, requestId), sample.urgency)
  return stage.drafting.send(press(stage, person, requestId)).id
}

function press(stage: Stage, person: Person, requestId: RequestId): Pressed {
  const chatId = must(person.telegramId, 'the chat of somebody who presses a button')
  const cause = { name: updateName(stage.nextUpdate()), at: stage.clock() }
  return { person, chatId, requestId, cause }
}

/** Plays one step of a request's history. `idOf` knows the requests that have a key. */
export function play(stage: Stage, id: RequestId, step: Step, idOf: (key: string) => RequestId): void {
  if (isFieldwork(step)) playTechnician(stage, id, step)
  else if (isResident(step)) playResident(stage, id, step)
  else if (step[1] === 'autoClose') stage.confirming.closeUnanswered()
  else {
    // Whoever acts at the desk has read what is there.
    stage.commenting.markRead(id)
    playManager(stage, id, step, idOf)
  }
}

type Fieldwork = Step<'take' | 'start' | 'done' | 'remark' | 'giveBack'>
type ByResident = Step<'fixed' | 'notFixed' | 'cancel' | 'reply'>
type AtDesk = Exclude<Step, Fieldwork | ByResident | Step<'autoClose'>>

const fieldwork: ReadonlySet<Step[1]> = new Set<Fieldwork[1]>(['take', 'start', 'done', 'remark', 'giveBack'])
const byResident: ReadonlySet<Step[1]> = new Set<ByResident[1]>(['fixed', 'notFixed', 'cancel', 'reply'])

function isFieldwork(step: Step): step is Fieldwork {
  return fieldwork.has(step[1])
}

function isResident(step: Step): step is ByResident {
  return byResident.has(step[1])
}

function playTechnician(stage: Stage, id: RequestId, step: Fieldwork): void {
  const assignee = must(requestOf(stage, id).assignedTo, 'the technician of a sample request')
  const person = personOf(stage, assignee)
  const pressed = press(stage, person, id)
  switch (step[1]) {
    case 'take':
      stage.fieldwork.take(pressed)
      return
    case 'start':
      stage.fieldwork.start(pressed)
      return
    case 'done':
      stage.fieldwork.done(pressed)
      return
    case 'giveBack':
      stage.fieldwork.giveBack(pressed, stage.words(step[2]), stage.newId())
      return
    case 'remark':
      write(stage, person, id, step[2], step[3])
      return
    default:
      assertNever(step)
  }
}

function playResident(stage: Stage, id: RequestId, step: ByResident): void {
  const person = personOf(stage, requestOf(stage, id).userId)
  const pressed = press(stage, person, id)
  switch (step[1]) {
    case 'fixed':
      stage.confirming.fixed(pressed)
      return
    case 'notFixed':
      stage.confirming.notFixed(pressed)
      explain(stage, pressed, step[2])
      return
    case 'cancel':
      stage.confirming.cancel(pressed)
      return
    case 'reply':
      write(stage, person, id, step[2], step[3])
      return
    default:
      assertNever(step)
  }
}

function explain(stage: Stage, { person, chatId, requestId }: Pressed, words: Words): void {
  const said = {
    update: stage.nextUpdate(),
    person,
    chatId,
    messageId: stage.nextMessage(),
    writtenAt: stage.clock(),
  }
  const commentId = CommentId.parse(stage.newId())
  stage.confirming.explain(said, requestId, { commentId, text: stage.words(words) })
}

function write(stage: Stage, person: Person, requestId: RequestId, words: Words, photo?: PictureName): void {
  stage.commenting.fromTelegram({
    update: stage.nextUpdate(),
    person,
    chatId: must(person.telegramId, 'the chat of somebody who writes'),
    messageId: stage.nextMessage(),
    writtenAt: stage.clock(),
    requestId,
    text: stage.words(words),
    file: photo === undefined ? null : { ...stage.file(photo), sizeBytes: undefined },
  })
}

function playManager(stage: Stage, id: RequestId, step: AtDesk, idOf: (key: string) => RequestId): void {
  const { dispatching, commenting } = stage
  switch (step[1]) {
    case 'read':
      return
    case 'priority':
      dispatching.setPriority(id, step[2])
      return
    case 'assign':
      dispatching.assign(id, technicianOf(stage, step[2]))
      return
    case 'note':
      commenting.fromDesk(id, stage.words(step[2]), 'internal')
      return
    case 'answer':
      commenting.fromDesk(id, stage.words(step[2]), 'public')
      return
    case 'hold':
      dispatching.hold(id, stage.words(step[2]), waitingUntil(step[3], stage.now))
      return
    case 'decline':
      dispatching.decline(id, stage.words(step[2]))
      return
    case 'duplicate':
      markDuplicate(stage, id, idOf(step[2]))
      return
    default:
      assertNever(step)
  }
}

/** Joins a request to an earlier one: the desk has no use case for it yet, the table of transitions does. */
function markDuplicate(stage: Stage, id: RequestId, of: RequestId): void {
  const before = requestOf(stage, id)
  if (!allows('markDuplicate', before.status)) throw new Error('A sample request is joined too late')
  const at = stage.clock()
  const after = placed({
    ...before,
    status: 'DUPLICATE',
    duplicateOf: of,
    endedAt: at,
    firstRespondedAt: before.firstRespondedAt ?? at,
    updatedAt: at,
    version: before.version + 1,
  })
  saveRequest(stage.db, before, after, { actor: managerIdOf(stage.db), at })
}

function requestOf(stage: Stage, id: RequestId): Request {
  return must(findRequest(stage.db, id), 'a sample request')
}

function personOf(stage: Stage, id: PersonId): Person {
  return must(findPerson(stage.db, id), 'a person of the practice building')
}

function technicianOf(stage: Stage, key: string): PersonId {
  const technician = sampleTechnicians.find((one) => one.key === key)
  return stage.person(must(technician, 'a technician of the practice building').telegramId).id
}
