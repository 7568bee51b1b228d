import { Menu } from '@mantine/core'
import { IconPaperclip, IconPhotoPlus } from '@tabler/icons-react'
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './phone.module.css'
import { readPicture } from './read-picture'
import { drawSample, type Picture, SAMPLES } from './sample-pictures'

type Props = {
  readonly onChoose: (picture: Picture) => void
  readonly onUnreadable: () => void
}

/** Attaches a picture: one of a few drawn here, or a file of one's own. */
export function PhotoMenu({ onChoose, onUnreadable }: Props) {
  const { t } = useTranslation('practice')
  const file = useRef<HTMLInputElement>(null)
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (chosen) void readPicture(chosen).then(onChoose, onUnreadable)
  }
  return (
    <>
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <button type="button" className={classes.icon} aria-label={t('attach')}>
            <IconPaperclip size={20} stroke={1.6} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('samples')}</Menu.Label>
          {SAMPLES.map((sample) => (
            <Menu.Item
              key={sample}
              onClick={() => void drawSample(sample, t(`sample.${sample}`)).then(onChoose)}
            >
              {t(`sample.${sample}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPhotoPlus size={14} stroke={1.6} aria-hidden />}
            onClick={() => file.current?.click()}
          >
            {t('ownPhoto')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={file}
        type="file"
        accept="image/jpeg,image/png"
        hidden
        aria-label={t('ownPhoto')}
        onChange={onFile}
      />
    </>
  )
}
