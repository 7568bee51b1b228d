import type alerts from './en/alerts.json'
import type archive from './en/archive.json'
import type attention from './en/attention.json'
import type backups from './en/backups.json'
import type desk from './en/desk.json'
import type errors from './en/errors.json'
import type guide from './en/guide.json'
import type log from './en/log.json'
import type health from './en/health.json'
import type newRequest from './en/new-request.json'
import type people from './en/people.json'
import type places from './en/places.json'
import type practice from './en/practice.json'
import type refusal from './en/refusal.json'
import type settings from './en/settings.json'
import type upgrade from './en/upgrade.json'
import type trouble from './en/trouble.json'

/** The texts of every namespace, as the English catalogue has them: a key that is not here does not compile. */
export type Catalogue = {
  readonly desk: typeof desk
  readonly refusal: typeof refusal
  readonly alerts: typeof alerts
  readonly archive: typeof archive
  readonly backups: typeof backups
  readonly attention: typeof attention
  readonly errors: typeof errors
  readonly guide: typeof guide
  readonly log: typeof log
  readonly health: typeof health
  readonly 'new-request': typeof newRequest
  readonly people: typeof people
  readonly places: typeof places
  readonly practice: typeof practice
  readonly settings: typeof settings
  readonly upgrade: typeof upgrade
  readonly trouble: typeof trouble
}
