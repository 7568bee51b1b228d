import { Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import type { Person } from '../../../shared/model/people'
import { client } from '../../lib/client'
import { keys } from '../../lib/query'
import { goTo } from '../../lib/routes'
import { useText } from '../../lib/texts'
import { Avatar } from '../../ui/avatar/avatar'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import classes from './ask.module.css'
import type { DialogProps } from './dialog-props'

/** Who takes the request: type a few letters, Enter takes the marked one. */
export function TechnicianDialog({
  asked: { card, question },
  isOpen,
  onClose,
  onAnswer,
  onExited,
}: DialogProps) {
  const t = useText()
  const {
    data = [],
    isPending,
    error,
  } = useQuery({
    queryKey: keys.technicians,
    queryFn: () => client.people.technicians(),
    staleTime: 0,
  })
  const active = data.filter((person) => person.isActive)
  const take = ({ id, name }: Person) => {
    onAnswer({ kind: question === 'technician' ? 'assign' : 'assignAndStart', technician: { id, name } })
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      onExitTransitionEnd={onExited}
      size={400}
      title={t('ask.technicianTitle', { number: card.number })}
      closeButtonProps={{ 'aria-label': t('panel.close') }}
    >
      <RefusalNote error={error} />
      {isPending || active.length > 0 ? <Choice people={active} isLoading={isPending} onTake={take} /> : null}
      {!isPending && active.length === 0 ? (
        <div className={classes.form}>
          <p>{t('ask.technicianNone')}</p>
          <div className={classes.buttons}>
            <Button
              kind="primary"
              onClick={() => {
                onClose()
                goTo('people')
              }}
            >
              {t('ask.toPeople')}
            </Button>
          </div>
        </div>
      ) : null}
    </Modal>
  )
}

type ChoiceProps = {
  readonly people: readonly Person[]
  readonly isLoading: boolean
  readonly onTake: (person: Person) => void
}

function Choice({ people, isLoading, onTake }: ChoiceProps) {
  const t = useText()
  const listId = useId()
  const [search, setSearch] = useState('')
  const [marked, setMarked] = useState(0)
  const wanted = search.trim().toLocaleLowerCase()
  const found = people.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const current = found[Math.min(marked, found.length - 1)]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setMarked((marked + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && current) onTake(current)
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.form}>
      <TextInput
        data-autofocus
        aria-label={t('ask.technicianSearch')}
        placeholder={t('ask.technicianSearch')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
        value={search}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          setMarked(0)
        }}
      />
      <div id={listId} className={classes.people} role="listbox" aria-label={t('ask.technicianSearch')}>
        {found.map((person, index) => (
          <Option
            key={person.id}
            id={`${listId}-${person.id}`}
            person={person}
            isMarked={person === current}
            onMark={() => {
              setMarked(index)
            }}
            onTake={onTake}
          />
        ))}
      </div>
      {found.length === 0 && !isLoading ? <p className={classes.none}>{t('ask.technicianNoMatch')}</p> : null}
    </div>
  )
}

type OptionProps = {
  readonly id: string
  readonly person: Person
  readonly isMarked: boolean
  readonly onMark: () => void
  readonly onTake: (person: Person) => void
}

function Option({ id, person, isMarked, onMark, onTake }: OptionProps) {
  const t = useText()
  const { name, openRequests, reachable } = person
  const load = openRequests === 0 ? t('ask.technicianIdle') : t('ask.technicianOpen', { count: openRequests })
  return (
    // The search field keeps the keyboard and names the marked option.
    <button
      id={id}
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={isMarked}
      className={classes.person}
      onPointerEnter={onMark}
      onClick={() => {
        onTake(person)
      }}
    >
      <Avatar id={person.id} name={name} />
      <span className={classes.name}>{name}</span>
      <span className={classes.load}>{reachable ? load : t('ask.technicianUnreachable')}</span>
    </button>
  )
}
