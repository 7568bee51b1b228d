import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findLink } from '../db/cards'
import { findComments } from '../db/comments'
import { findDownload, findFiles } from '../db/files'
import type { Person } from '../db/people'
import type { Request } from '../domain/request'
import { refusedWith } from '../testing/refused'
import { openWorld, type World } from '../testing/world'

const ANNA = 501
const MAREK = 601

let world: World
let anna: Person
let marek: Person
let request: Request

beforeEach(() => {
  world = openWorld({ undoMs: 0 })
  anna = world.meet(ANNA, 'Anna')
  marek = world.technician(MAREK, 'Marek')
  request = world.report(anna)
  world.sendAll()
  world.pass(1000)
})
afterEach(() => {
  world.close()
})

const waiting = () =>
  world
    .told()
    .filter(({ state }) => state === 'pending')
    .map(({ kind, chatId }) => [kind, chatId])
const comments = () =>
  findComments(world.read, request.id).map(({ comment, visibility, userId }) => [comment, visibility, userId])
const photo = { kind: 'photo', fileId: 'f1', uniqueId: 'u1', name: 'photo.jpg' } as const

describe('from the desk', () => {
  test('a comment to the resident is sent once and counts as the first answer', () => {
    const after = world.commenting.fromDesk(request.id, ' We come\r\ntomorrow ', 'public')
    expect({ after, comments: comments(), waiting: waiting() }).toEqual({
      after: {
        ...request,
        commentCount: 1,
        firstRespondedAt: world.clock.now,
        updatedAt: world.clock.now,
        version: request.version + 2,
        boardOrder: after.boardOrder,
      },
      comments: [['We come\ntomorrow', 'public', world.manager.id]],
      waiting: [['comment', ANNA]],
    })
  })

  test('a remark among the staff is sent to the technician only', () => {
    world.dispatching.assign(request.id, marek.id)
    world.sendAll()
    const { firstRespondedAt } = world.now(request.id)
    world.commenting.fromDesk(request.id, 'Bring a seal', 'internal')
    expect([comments(), waiting(), world.now(request.id).firstRespondedAt]).toEqual([
      [['Bring a seal', 'internal', world.manager.id]],
      [['job-comment', MAREK]],
      firstRespondedAt,
    ])
  })

  test('a comment for everybody reaches the technician too', () => {
    world.dispatching.assign(request.id, marek.id)
    world.sendAll()
    world.commenting.fromDesk(request.id, 'We come tomorrow', 'public')
    expect(waiting()).toEqual([
      ['comment', ANNA],
      ['job-comment', MAREK],
    ])
  })

  test('nothing said is refused', () => {
    expect(refusedWith(() => world.commenting.fromDesk(request.id, ' ', 'public'))).toBe('text-missing')
  })

  test('reading takes the unread mark away, once, and is not news', () => {
    world.pass(1000)
    world.commenting.markRead(request.id)
    const read = world.now(request.id)
    world.commenting.markRead(request.id)
    expect([read, world.now(request.id)]).toEqual([
      { ...request, unreadCount: 0, version: request.version + 1 },
      read,
    ])
  })
})

describe('a reply in Telegram', () => {
  const reply = (person: Person, text: string, file: typeof photo | null = null) => {
    const spoken = world.spoken(person)
    const incoming = file === null ? null : { ...file, at: spoken.writtenAt, sizeBytes: 1000 }
    const after = world.commenting.fromTelegram({ ...spoken, requestId: request.id, text, file: incoming })
    return { spoken, after }
  }

  test('of the reporter is read by everybody, makes the card unread and is marked as seen', () => {
    const { spoken, after } = reply(anna, ' It is getting worse ')
    expect({
      counts: [after.commentCount, after.unreadCount],
      comments: comments(),
      waiting: waiting(),
      link: findLink(world.read, ANNA, spoken.messageId)?.part,
    }).toEqual({
      counts: [1, request.unreadCount + 1],
      comments: [['It is getting worse', 'public', anna.id]],
      waiting: [['seen', ANNA]],
      link: 'comment',
    })
  })

  test('of the technician stays among the staff', () => {
    world.dispatching.assign(request.id, marek.id)
    reply(marek, 'Nobody at home')
    expect(comments()).toEqual([['Nobody at home', 'internal', marek.id]])
  })

  test('of a technician to a request of his own is read by everybody, unless he also has the job', () => {
    request = world.report(marek, 'My own lamp')
    reply(marek, 'It flickers')
    world.dispatching.assign(request.id, marek.id)
    reply(marek, 'I fix it myself')
    expect(comments()).toEqual([
      ['It flickers', 'public', marek.id],
      ['I fix it myself', 'internal', marek.id],
    ])
  })

  test('with a picture adds the picture, and begins to fetch it', () => {
    const { after } = reply(anna, '', photo)
    expect({
      counts: [after.commentCount, after.unreadCount, after.photoCount],
      comments: comments(),
      files: findFiles(world.read, request.id).map(({ uniqueId, state, uploadedBy }) => [
        uniqueId,
        state,
        uploadedBy,
      ]),
      download: findDownload(world.read, 'u1')?.state,
    }).toEqual({
      counts: [0, request.unreadCount + 1, 1],
      comments: [],
      files: [['u1', 'waiting', anna.id]],
      download: 'waiting',
    })
  })

  test('with a picture that was fetched before needs no fetching', () => {
    reply(anna, '', photo)
    const download = findDownload(world.read, 'u1')
    if (!download) throw new Error('No download')
    world.fetching.settle(download, { kind: 'stored', sha256: 'abc' })
    const { after } = reply(anna, 'again', photo)
    expect([
      after.thumbnail,
      findFiles(world.read, request.id).map(({ state, sha256 }) => [state, sha256]),
    ]).toEqual([
      'abc',
      [
        ['stored', 'abc'],
        ['stored', 'abc'],
      ],
    ])
  })

  test('with something else than a picture is no small picture on the card', () => {
    const { after } = reply(anna, '', { ...photo, kind: 'voice' } as never)
    expect([after.photoCount, after.thumbnail, findFiles(world.read, request.id).length]).toEqual([
      0,
      null,
      1,
    ])
  })
})

describe('an edit in Telegram', () => {
  const edit = (link: { part: string; commentId?: string | null }, text: string, person = anna) =>
    world.commenting.edit(
      { person, update: world.update(), chatId: ANNA, at: world.clock.now },
      { requestId: request.id, commentId: null, ...link },
      text,
    )

  test('of a comment changes the comment, and the journal keeps both', () => {
    const spoken = world.spoken(anna)
    world.commenting.fromTelegram({ ...spoken, requestId: request.id, text: 'It drops', file: null })
    const commentId = findLink(world.read, ANNA, spoken.messageId)?.commentId ?? null
    world.pass(1000)

    const followed = edit({ part: 'comment', commentId }, ' It drips ')
    const patches = world.sqlite
      .prepare(
        "select json_extract(patch, '$.comment') from changes where table_name = 'comments' order by seq",
      )
      .pluck()
      .all()
    expect({
      followed,
      comments: comments(),
      edited: findComments(world.read, request.id)[0]?.editedAt,
      patches,
    }).toEqual({
      followed: true,
      comments: [['It drips', 'public', anna.id]],
      edited: world.clock.now,
      patches: ['It drops', 'It drips'],
    })
  })

  test('of the description is added to the thread: what was read does not change unseen', () => {
    const followed = edit({ part: 'description' }, 'Leak under the bath')
    expect({ followed, comments: comments(), now: world.now(request.id) }).toEqual({
      followed: true,
      comments: [['Leak under the bath', 'public', anna.id]],
      now: {
        ...request,
        commentCount: 1,
        unreadCount: request.unreadCount + 1,
        updatedAt: world.clock.now,
        version: request.version + 1,
      },
    })
  })

  test.each([
    { name: 'to nothing', follow: () => edit({ part: 'description' }, ' ') },
    { name: 'of a picture', follow: () => edit({ part: 'file' }, 'Look') },
    { name: 'of a comment that is not known', follow: () => edit({ part: 'comment' }, 'Look') },
    {
      name: 'of the description of a request that is over',
      follow: () => {
        world.confirming.cancel(world.pressed(anna, request.id))
        return edit({ part: 'description' }, 'Look')
      },
    },
  ])('$name is left alone', ({ follow }) => {
    expect([follow(), comments()]).toEqual([false, []])
  })
})
