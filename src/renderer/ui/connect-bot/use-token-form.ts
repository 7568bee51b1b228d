import { useState } from 'react'
import type { BotIdentity } from '../../../shared/model/bot-state'
import { Refusal } from '../../../shared/model/refusal'
import { type Check, useConnectBot, useTokenCheck, useTokenStorage } from './use-connect-bot'

/** What the form knows and what it can do. */
export type TokenFormState = ReturnType<typeof useTokenForm>

/** A token on its way in: typed, checked, and the questions that have to be answered before it is kept. */
export function useTokenForm(onConnected: (identity: BotIdentity) => void) {
  const [token, setTokenText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const [removeWebhook, setRemoveWebhook] = useState(false)
  const [storeUnprotected, setStoreUnprotected] = useState(false)
  const [acceptOtherBot, setAcceptOtherBot] = useState(false)
  const { check, checkAgain } = useTokenCheck(token)
  const storage = useTokenStorage()
  const connect = useConnectBot()
  const questions = questionsAbout(check, storage.data?.protected === false)
  const isReady = storage.isSuccess && isAnswered(check, questions, { removeWebhook, storeUnprotected })
  return {
    token,
    setToken: (text: string) => {
      setTokenText(text)
      setAsked(false)
      // A yes belongs to the bot it was given for.
      setRemoveWebhook(false)
      setAcceptOtherBot(false)
      connect.reset()
    },
    check,
    checkAgain,
    ...questions,
    removeWebhook,
    setRemoveWebhook,
    storeUnprotected,
    setStoreUnprotected,
    /** Known only once the main process has compared it with the bot used so far. */
    isOtherBot: acceptOtherBot || isAboutOtherBot(connect.error),
    acceptOtherBot,
    setAcceptOtherBot,
    /** Said only after Enter: nobody is told off while typing. */
    isMalformed: isAsked && check.kind === 'idle',
    isReady,
    /** While there is an answer to wait for or to give; a token that makes no sense is told so when it is sent. */
    isBlocked: connect.isPending || check.kind === 'checking' || (check.kind === 'found' && !isReady),
    error: connect.error ?? storage.error,
    submit: () => {
      setAsked(true)
      if (!isReady) return
      connect.mutate({ token, removeWebhook, storeUnprotected, acceptOtherBot }, { onSuccess: onConnected })
    },
  }
}

function isAboutOtherBot(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'token-of-another-bot'
}

type Questions = { readonly webhook: string | null; readonly isUnprotected: boolean }
type Answers = { readonly removeWebhook: boolean; readonly storeUnprotected: boolean }

function questionsAbout(check: Check, isUnprotected: boolean): Questions {
  return check.kind === 'found'
    ? { webhook: check.identity.webhook, isUnprotected }
    : { webhook: null, isUnprotected: false }
}

function isAnswered({ kind }: Check, { webhook, isUnprotected }: Questions, answers: Answers): boolean {
  const isWebhookSettled = webhook === null || answers.removeWebhook
  return kind === 'found' && isWebhookSettled && (!isUnprotected || answers.storeUnprotected)
}
