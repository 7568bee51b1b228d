import { createTheme, type MantineColorsTuple } from '@mantine/core'

const enamel: MantineColorsTuple = [
  '#eef3f9',
  '#e5edf7',
  '#c9d9ec',
  '#a9c2e0',
  '#86aad6',
  '#5c8bc4',
  '#2f69b0',
  '#1c4f8c',
  '#153e70',
  '#0f2e54',
]

const warmGray: MantineColorsTuple = [
  '#f7f5f1',
  '#f3f0ea',
  '#ece9e2',
  '#e1ddd4',
  '#cbc6ba',
  '#a9a396',
  '#8c8678',
  '#676256',
  '#545046',
  '#1f1d19',
]

const warmDark: MantineColorsTuple = [
  '#edeae3',
  '#bbb6aa',
  '#9d978a',
  '#837d71',
  '#4b4841',
  '#34322d',
  '#2a2825',
  '#242320',
  '#1b1a18',
  '#131210',
]

const control = { size: 'sm' } as const
const field = { ...control, variant: 'default' } as const
const overlay = { shadow: 'overlay', radius: 'lg' } as const

/** The look of the desk in Mantine's terms; every colour that components show is a token of `tokens.css`. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '22px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '20px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '10px', xl: '20px' },
  defaultRadius: 'sm',
  shadows: { overlay: 'var(--shadow-overlay)' },
  colors: { enamel, gray: warmGray, dark: warmDark },
  primaryColor: 'enamel',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: '#1f1d19',
  focusRing: 'auto',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: control },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    CloseButton: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: field },
    PasswordInput: { defaultProps: field },
    NumberInput: { defaultProps: field },
    Textarea: { defaultProps: field },
    Select: { defaultProps: { ...field, comboboxProps: overlay } },
    NativeSelect: { defaultProps: field },
    Checkbox: { defaultProps: control },
    Switch: { defaultProps: control },
    SegmentedControl: { defaultProps: control },
    // The first item takes the keyboard, not a nameless placeholder before it.
    Menu: {
      defaultProps: {
        ...overlay,
        transitionProps: { duration: 80 },
        loop: true,
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { ...overlay, transitionProps: { duration: 80 } } },
    Modal: {
      defaultProps: {
        ...overlay,
        centered: true,
        // A dialog's head is no banner of the page.
        attributes: { header: { role: 'presentation' } },
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { transition: 'fade', duration: 120 },
      },
    },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12, transitionProps: { duration: 0 } } },
    Notification: { defaultProps: { radius: 'lg' } },
  },
})
