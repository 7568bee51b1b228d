import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BotIdentity } from '../../../shared/model/bot-state'
import { appState } from '../../lib/app-state'
import { client } from '../../lib/client'
import { looksLikeToken } from './looks-like-token'

/** What is known about the token in the field. */
export type Check =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'found'; readonly identity: BotIdentity }
  | { readonly kind: 'refused'; readonly error: unknown }

const PAUSE = 300

/** Asks Telegram about a token as soon as it looks like one; the token stays in this component only. */
export function useTokenCheck(token: string): { check: Check; checkAgain: () => void } {
  const [answer, setAnswer] = useState<{ token: string; check: Check } | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (!looksLikeToken(token)) return undefined
    let isCurrent = true
    const settle = (check: Check) => {
      if (isCurrent) setAnswer({ token, check })
    }
    const timer = setTimeout(() => {
      settle({ kind: 'checking' })
      client.bot.check({ token: token.trim() }).then(
        (identity) => {
          settle({ kind: 'found', identity })
        },
        (error: unknown) => {
          settle({ kind: 'refused', error })
        },
      )
    }, PAUSE)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [token, round])
  return {
    check: answer?.token === token ? answer.check : { kind: looksLikeToken(token) ? 'checking' : 'idle' },
    checkAgain: () => {
      setRound((before) => before + 1)
    },
  }
}

/** Whether the system keeps a token safe. */
export function useTokenStorage() {
  return useQuery({ queryKey: ['app', 'storage'], queryFn: () => client.bot.storage() })
}

/** Keeps a token and starts to receive. */
export function useConnectBot() {
  return useMutation({
    mutationFn: (input: Parameters<typeof client.bot.connect>[0]) =>
      client.bot.connect({ ...input, token: input.token.trim() }),
    onSuccess: () => appState.refresh(),
    // Neither the token nor what came of it is kept for later.
    gcTime: 0,
  })
}
