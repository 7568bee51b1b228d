import { PersonId, RequestId } from '../../shared/model/ids'
import { type NewRequest, openRequest, type Request } from '../domain/request'

/** A UUID that ends in the given number: short to write, and equal in every run. */
export function uuid(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** An instant from a local date and time such as `2026-03-02 09:00`, in the zone of the tests. */
export function at(local: string): number {
  return new Date(local.replace(' ', 'T')).getTime()
}

/** A request as Anna reported it on a Monday morning. */
export function sampleRequest(given: Partial<NewRequest> = {}): Request {
  return openRequest({
    id: RequestId.parse(uuid(1)),
    userId: PersonId.parse(uuid(101)),
    title: 'Leak under the sink',
    description: 'Leak under the sink',
    location: 'Linden Court, 34',
    sequence: 1,
    source: 'telegram',
    urgency: null,
    unitId: null,
    buildingId: null,
    desk: '',
    createdAt: at('2026-03-02 09:00'),
    priority: 'MEDIUM',
    ...given,
  })
}
