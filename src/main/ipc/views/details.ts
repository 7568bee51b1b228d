import type { RequestId } from '../../../shared/model/ids'
import { must, Refusal } from '../../../shared/model/refusal'
import type { RequestDetails } from '../../../shared/model/request'
import type { ReadableDb } from '../../db/database'
import { findFiles } from '../../db/files'
import { findPerson } from '../../db/people'
import { findCards, findRequest } from '../../db/requests'
import { actionsFrom } from '../../domain/request'
import { cardOf } from './cards'
import { createNaming, threadOf } from './thread'

/** Everything that the side panel shows about a request. Refuses one that is not there. */
export function detailsOf(db: ReadableDb, id: RequestId): RequestDetails {
  const request = findRequest(db, id)
  const [row] = findCards(db, [id])
  if (!request || !row) throw new Refusal('not-found')
  const nameOf = createNaming(db)
  const reporter = must(findPerson(db, request.userId), 'the reporter of a request')
  return {
    card: cardOf(row),
    description: request.description,
    urgency: request.urgency,
    source: request.source,
    reporter: {
      person: must(nameOf(reporter.id), 'the reporter of a request'),
      username: reporter.username,
      language: reporter.language,
      reachable: reporter.telegramId !== null && reporter.blockedAt === null,
    },
    responseDueAt: request.responseDueAt,
    resolutionDueAt: request.resolutionDueAt,
    firstRespondedAt: request.firstRespondedAt,
    endedReason: request.endedReason,
    files: findFiles(db, id).map((file) => ({
      id: file.id,
      kind: file.fileType,
      state: file.state,
      sha256: file.sha256,
      name: file.fileName,
      uploadedBy: nameOf(file.uploadedBy),
      uploadedAt: file.uploadedAt,
    })),
    thread: threadOf(db, request, nameOf),
    actions: actionsFrom(request.status),
  }
}
