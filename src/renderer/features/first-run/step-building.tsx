import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/key-cap/key-cap'
import { RefusalNote } from '../../ui/refusal-note/refusal-note'
import { parseUnitNames } from '../../ui/unit-names/parse-unit-names'
import { UnitsForm } from '../../ui/unit-names/units-form'
import { BuildingsSoFar } from './buildings-so-far'
import classes from './first-run.module.css'
import { StepHead } from './step-head'
import type { StepProps } from './steps'
import { useAddBuilding, useBuildings } from './use-first-run'

/** The third step: a building with its flats or offices; more can be added, and all of it can wait. */
export function StepBuilding({ onNext, onBack }: StepProps) {
  const { t } = useTranslation('guide')
  const buildings = useBuildings()
  const [another, setAnother] = useState(false)
  const list = buildings.data ?? []
  const isAdding = another || list.length === 0
  return (
    <>
      <StepHead title={t('building.title')} lead={t('building.lead')} />
      <BuildingsSoFar buildings={list} />
      <RefusalNote error={buildings.error} />
      {isAdding ? (
        <BuildingForm
          onAdded={() => {
            setAnother(false)
            if (!another) onNext()
          }}
          onSkip={onNext}
          onBack={onBack}
        />
      ) : (
        <div className={classes.buttons}>
          <Button size="lg" rightSection={<KeyCap onFill>↵</KeyCap>} data-autofocus onClick={onNext}>
            {t('continue')}
          </Button>
          <Button
            size="lg"
            variant="default"
            onClick={() => {
              setAnother(true)
            }}
          >
            {t('building.another')}
          </Button>
          <Button variant="subtle" color="gray" size="lg" onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      )}
    </>
  )
}

type FormProps = { readonly onAdded: () => void; readonly onSkip: () => void; readonly onBack: () => void }

function BuildingForm({ onAdded, onSkip, onBack }: FormProps) {
  const { t } = useTranslation('guide')
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const [units, setUnits] = useState('')
  const add = useAddBuilding()
  const names = parseUnitNames(units)
  const canAdd = name.trim() !== '' && names.tooLong === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (canAdd)
      add.mutate({ name: name.trim(), address: address.trim(), units: names.names }, { onSuccess: onAdded })
  }
  return (
    <form className={classes.fields} onSubmit={submit}>
      <div className={classes.pair}>
        <TextInput
          data-autofocus
          size="lg"
          label={t('building.name')}
          description={t('building.nameHint')}
          value={name}
          maxLength={120}
          onChange={(event) => {
            setName(event.currentTarget.value)
          }}
        />
        <TextInput
          size="lg"
          label={t('building.address')}
          description={t('building.addressHint')}
          value={address}
          maxLength={200}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
          }}
        />
      </div>
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
        <Button type="submit" size="lg" loading={add.isPending} disabled={!canAdd}>
          {t('building.add')}
        </Button>
        <Button variant="default" size="lg" onClick={onSkip}>
          {t('skip')}
        </Button>
        <Button variant="subtle" color="gray" size="lg" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
