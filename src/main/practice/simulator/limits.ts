/** Numbers the real Bot API enforces; each names its unit and where it is written down. */
export const limits = {
  /** UTF-16 units after entity parsing (Bot API: sendMessage.text). */
  text: 4096,
  /** UTF-16 units after entity parsing (Bot API: sendPhoto.caption). */
  caption: 1024,
  /** Entities past this number are silently dropped (Telegram limits page: message entities). */
  entities: 100,
  /** UTF-8 bytes (Bot API: InlineKeyboardButton.callback_data). */
  callbackDataBytes: 64,
  /** Buttons in one inline keyboard and in one row (Telegram limits page). */
  buttons: 100,
  buttonsPerRow: 8,
  /** Characters (Bot API: CopyTextButton.text). */
  copyText: 256,
  /** Bytes of the serialised keyboard; more gives REPLY_MARKUP_TOO_LONG. */
  replyMarkupBytes: 10_240,
  /** Characters (Bot API: ReplyKeyboardMarkup.input_field_placeholder). */
  placeholder: 64,
  /** Characters (Bot API: answerCallbackQuery.text). */
  callbackAnswer: 200,
  /** Seconds; undocumented, clients stop waiting after about this long. */
  callbackLifetime: 30,
  /** Items (Bot API: sendMediaGroup.media). */
  albumMinimum: 2,
  albumMaximum: 10,
  /** Bytes (Bot API: Sending files). */
  photoBytes: 10 * 1024 * 1024,
  documentBytes: 50 * 1024 * 1024,
  /** Bytes (Bot API: getFile). */
  downloadBytes: 20 * 1024 * 1024,
  /** Pixels and ratio (Bot API: sendPhoto.photo). */
  photoSides: 10_000,
  photoRatio: 20,
  /** Seconds a getFile path is promised to stay valid (Bot API: getFile). */
  filePathLifetime: 3600,
  /** Seconds unconfirmed updates are kept (Bot API: Getting updates). */
  updateLifetime: 24 * 3600,
  /** Updates in one answer (Bot API: getUpdates.limit). */
  updatesPerCall: 100,
  /** Seconds; the server cuts longer polls to this. */
  pollTimeout: 50,
  /** Seconds after which a bot cannot delete a message (Bot API: deleteMessage). */
  deleteAge: 48 * 3600,
  /** Bot API: setMyCommands, BotCommand. */
  commands: 100,
  commandDescription: 256,
  /** Characters (Bot API: setMyName, setMyDescription, setMyShortDescription). */
  botName: 64,
  botDescription: 512,
  botShortDescription: 120,
  /** Characters (Bot API: deep linking). */
  startParameter: 64,
} as const
