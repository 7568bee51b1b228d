import { Modal } from '@mantine/core'
import { useText } from '../lib/texts'
import { KeyCap } from '../ui/key-cap/key-cap'
import classes from './keyboard-help.module.css'

/** Every key of the desk. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useText()
  const space = t('keys.space')
  const groups = [
    {
      title: t('keys.everywhere'),
      keys: [
        [['N'], t('keys.newRequest')],
        [['Z'], t('keys.undo')],
        [['?'], t('keys.help')],
      ],
    },
    {
      title: t('keys.board'),
      keys: [
        [['↑', '↓', '←', '→'], t('keys.arrows')],
        [['↵'], t('keys.open')],
        [['M'], t('keys.move')],
        [[space], t('keys.lift')],
      ],
    },
    {
      title: t('keys.request'),
      keys: [
        [['R'], t('keys.resolve')],
        [['H'], t('keys.hold')],
        [['A'], t('keys.assign')],
        [['P'], t('keys.priority')],
        [['K', 'J'], t('keys.neighbours')],
        [['Ctrl', '↵'], t('keys.send')],
        [['Esc'], t('keys.close')],
      ],
    },
  ] as const
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('keys.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('panel.close') }}
    >
      <div className={classes.groups}>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([caps, words]) => (
                <div key={words}>
                  <dt>
                    {caps.map((cap) => (
                      <KeyCap key={cap} isHeard>
                        {cap}
                      </KeyCap>
                    ))}
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
