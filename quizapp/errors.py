"""Errors that carry a sentence for the person, and the pages they become.

Services raise subclasses of :class:`QuizError`; nothing else turns an error into a page.
"""

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException


class QuizError(Exception):
    """What went wrong and what to do next, in the words of the interface."""

    status = 400
    title = "没有办成"
    advice = "请返回上一页重试。"

    def __init__(self, advice: str | None = None) -> None:
        super().__init__(advice or self.advice)
        self.advice = advice or self.advice


class NotFound(QuizError):
    """Nothing there, or nothing that this person may see."""

    status = 404
    title = "没有找到"
    advice = "地址可能有误，或者内容已经移走。请检查地址后重试。"


class Forbidden(QuizError):
    """The person's role doesn't reach this."""

    status = 403
    title = "没有权限"
    advice = "您的账号不能使用这个功能。如有需要，请联系管理员。"


#: PostgreSQL's code of a row that refers to none. SQLite, with one writer, has looked it up just before.
_FOREIGN_KEY = "23503"

#: What a person reads for the errors that the framework raises.
_PAGES = {
    400: ("没有看懂这个请求", "请返回上一页，刷新后重试。"),
    403: (Forbidden.title, Forbidden.advice),
    404: (NotFound.title, NotFound.advice),
    405: ("不能这样打开", "请从正常入口进入；参加答题请重新扫码。"),
    413: ("内容太大", "提交的内容超过了上限，请减少后重试。"),
    429: ("操作太快", "请稍等片刻再试。"),
}
_GONE = ("内容刚刚被移走", "您选的内容刚刚被别人删除了，没有保存。请返回上一页，刷新后重新选择。")
_OTHERWISE = ("没有办成", "请稍后重试。")
_FAULT = ("系统出了点问题", "请稍后重试。答题时选好的答案仍在手机上，不会丢失。多次不成功，请联系主办单位。")


def register_error_pages(app: Flask) -> None:
    """Give every error its page."""

    @app.errorhandler(QuizError)
    def quiz_error(error: QuizError) -> tuple[str, int]:
        return _page(error.title, error.advice, error.status)

    @app.errorhandler(CSRFError)
    def csrf_error(_error: CSRFError) -> tuple[str, int]:
        return _page("页面已过期", "请返回上一页，刷新后重新提交。", 400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> tuple[str, int]:
        status = error.code or 500
        return _page(*(_FAULT if status >= 500 else _PAGES.get(status, _OTHERWISE)), status)

    @app.errorhandler(IntegrityError)
    def integrity_error(error: IntegrityError) -> tuple[str, int]:
        """What a form named was there when it was looked up, and deleted before the form was stored."""
        if getattr(error.orig, "sqlstate", None) == _FOREIGN_KEY:
            return _page(*_GONE, 409)
        return fault(error)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> tuple[str, int]:
        app.logger.error("unhandled error", exc_info=error)
        return _page(*_FAULT, 500)


def _page(title: str, advice: str, status: int) -> tuple[str, int]:
    """The error page: it reads no database and no session, so that it stands when they don't."""
    return render_template("errors/error.html", title=title, advice=advice), status
