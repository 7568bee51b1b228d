import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button/button'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { parseUnitNames } from '../../ui/unit-names/parse-unit-names'
import { UnitsForm } from '../../ui/unit-names/units-form'
import classes from './first-run.module.css'
import { useAddBuilding } from './use-first-run'

type Props = { readonly onAdded: () => void; readonly onSkip: () => void; readonly onBack: () => void }

/** Asks for a building and its units, and adds both. */
export function BuildingForm({ onAdded, onSkip, onBack }: Props) {
  const { t } = useTranslation('guide')
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [units, setUnits] = useState('')
  const add = useAddBuilding()
  const names = parseUnitNames(units)
  const canAdd = name.trim() !== '' && names.tooLong === null
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        if (!canAdd) return
        add.mutate({ name: name.trim(), address: address.trim(), units: names.names }, { onSuccess: onAdded })
      }}
    >
      <NameAndAddress name={name} address={address} onName={setName} onAddress={setAddress} />
      <UnitsForm
        size="lg"
        withKind={false}
        draft={{ text: units, kind: 'unit' }}
        names={names}
        onChange={({ text }) => {
          setUnits(text)
        }}
      />
      <RefusalNote error={add.error} />
      <div className={classes.buttons}>
        <Button kind="primary" submit disabled={add.isPending || !canAdd}>
          {t('building.add')}
        </Button>
        <Button onClick={onSkip}>{t('skip')}</Button>
        <Button kind="ghost" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}

type NameProps = {
  readonly name: string
  readonly address: string
  readonly onName: (name: string) => void
  readonly onAddress: (address: string) => void
}

function NameAndAddress({ name, address, onName, onAddress }: NameProps) {
  const { t } = useTranslation('guide')
  return (
    <div className={classes.pair}>
      <TextInput
        data-autofocus
        size="lg"
        label={t('building.name')}
        description={t('building.nameHint')}
        value={name}
        maxLength={120}
        onChange={(event) => {
          onName(event.currentTarget.value)
        }}
      />
      <TextInput
        size="lg"
        label={t('building.address')}
        description={t('building.addressHint')}
        value={address}
        maxLength={200}
        onChange={(event) => {
          onAddress(event.currentTarget.value)
        }}
      />
    </div>
  )
}
