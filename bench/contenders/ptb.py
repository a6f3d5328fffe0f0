"""python-telegram-bot as it comes: the echo of its documentation; for the press the same calls, no database."""

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bench.contenders.given import API, DECIDED, TOKEN, case_of


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None and update.message.text is not None
    await update.message.reply_text(update.message.text)


async def approve(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None and query.data is not None
    await query.answer()
    await query.edit_message_text(DECIDED, parse_mode="HTML")
    for chat in case_of(query.data).told:
        await context.bot.send_message(chat, DECIDED, parse_mode="HTML")


def main() -> None:
    application = Application.builder().token(TOKEN).base_url(f"{API}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.add_handler(CallbackQueryHandler(approve))
    application.run_polling()


if __name__ == "__main__":
    main()
