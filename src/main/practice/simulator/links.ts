/** The link as Telegram stores it (scheme added, normalised), or undefined when Telegram would refuse it. */
export function checkedLink(link: string): string | undefined {
  const trimmed = link.trim()
  if (trimmed === '' || /\s/.test(trimmed)) return undefined
  if (/^(tg|ton|tonsite):/i.test(trimmed)) return /^[a-z]+:(\/\/)?[\w?]/i.test(trimmed) ? trimmed : undefined
  return httpLink(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
}

/** The user id in a `tg://user?id=` link, or undefined. */
export function linkedUserId(link: string): number | undefined {
  const id = /^tg:(?:\/\/)?user\?id=(\d{1,15})$/i.exec(link.trim())?.[1]
  return id === undefined ? undefined : Number(id)
}

function httpLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined
  const url = new URL(link)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  // A host without a dot ("localhost") is no public address for Telegram.
  const publicHost = /^[^.]+(\.[^.]+)+$/.test(url.hostname) || url.hostname.startsWith('[')
  return publicHost && url.username === '' ? url.href : undefined
}
