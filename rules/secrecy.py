"""Signs of state secrets (*văn bản mật, tối mật, tuyệt mật*): refused in every text and file.

Ordinary words that hold *mật* are struck out first, so that ordinary work is never refused. Without
diacritics only what cannot be read otherwise counts: *mat* may as well be *mặt*, *mất* or *mát*.
"""

import re
import unicodedata

from rules.text import fold, normalise

# Struck out before anything is judged; the longest first where one holds another.
HARMLESS = (
    "bảo vệ bí mật nhà nước",
    "bảo vệ bí mật",
    "danh mục bí mật nhà nước",
    "pháp luật về bí mật nhà nước",
    "không thuộc bí mật nhà nước",
    "không thuộc danh mục bí mật nhà nước",
    "không chứa bí mật nhà nước",
    "không có bí mật nhà nước",
    "không phải văn bản mật",
    "không phải tài liệu mật",
    "không có văn bản mật",
    "không có tài liệu mật",
    "không có nội dung mật",
    "không chứa nội dung mật",
    "trừ các văn bản mật",
    "trừ văn bản mật",
    "trừ tài liệu mật",
    "trừ các tài liệu mật",
    "trừ nội dung mật",
    "trừ các nội dung mật",
    "văn thư mật",
    "bí mật kinh doanh",
    "bí mật công nghệ",
    "bí mật đời tư",
    "bí mật cá nhân",
    "bí mật gia đình",
    "bí mật thư tín",
    "bí mật điện thoại",
    "bí mật nghề nghiệp",
    "bí mật thông tin",
    "bí mật ngân hàng",
    "giữ bí mật",
    "bỏ phiếu bí mật",
    "bảo mật",
    "mật độ",
    "mật khẩu",
    "mật ong",
    "mật mía",
    "mật gấu",
    "mật hoa",
    "mật mã",
    "mật thiết",
    "mật thám",
    "mật ngữ",
    "mật ngọt",
    "mật rỉ",
    "ruộng mật",
    "rỉ mật",
    "nuôi ong lấy mật",
    "ong mật",
    "túi mật",
    "sỏi mật",
    "ống mật",
    "viêm mật",
    "đường mật",
    "gan mật",
    "trăng mật",
    "thân mật",
    "cẩn mật",
    "cơ mật viện",
)

_NAMED = (
    "tài liệu|văn bản|công văn|hồ sơ|nội dung|thông tin|báo cáo|tờ trình|kế hoạch|chỉ thị"
    "|nghị quyết|quyết định|công điện|điện|biên bản|giấy tờ|bản đồ|số liệu|danh sách|phụ lục"
    "|bản|dự thảo"
)
# Also with the marks of the paper's name left out: *van ban mật*.
_PAPERS = f"{_NAMED}|{fold(_NAMED)}"
# With diacritics: the grades, the grade's mark, and a paper that bears it.
_MARKED = (
    r"tối ?mật",
    r"tuyệt ?mật",
    r"độ ?mật",
    r"(đóng|có|mang) ?dấu ?mật",
    r"dấu ?(độ ?)?mật",
    rf"({_PAPERS}) ?(loại |có độ |đóng dấu |thuộc loại |dạng )?mật",
    rf"({_PAPERS}) ?((có )?chứa |là |thuộc |về )?bí ?mật nhà nước",
    r"(chứa|thuộc) ((nội dung|thông tin|danh mục|phạm vi) )?bí ?mật nhà nước",
    r"lộ bí ?mật nhà nước",
    r"(cuộc )?họp mật",
    r"(nhiệm vụ|chuyên án) mật",
)
# What follows when *mat* is *mất* (lost, takes, cut) or *mặt* (side).
_LOST = r"(?! ?(roi|het|trom|cap|dau|thoi gian|nhieu|phi|trang|mat|tich|dien|nuoc)\b)"
# Without diacritics: only these cannot well be read otherwise.
_BARE = (
    r"tuyet ?mat",
    rf"(tai lieu|van ban|cong van|cong dien) ?(loai |co do |dong dau |thuoc loai )?mat{_LOST}",
    rf"(tai lieu|van ban|cong van|ho so|muc|muc do|do mat|loai) toi ?mat{_LOST}",
    r"dong dau (do )?mat",
    r"do mat( cua)? (tai lieu|van ban|cong van)",
    r"bi mat nha nuoc",
)
_BARE_HARMLESS = r"(bao ve|danh muc|khong (thuoc|chua|co)|phap luat ve) (danh muc )?bi mat nha nuoc"
_EXEMPT_BARE = r"\b(tru|khong co|khong phai|khong chua) (cac )?(tai lieu|van ban|cong van) mat\b"

_WORD_BREAKS = re.compile(r"[^\w]+|_+")
_LETTER_BY_LETTER = re.compile(r"(?<![^\W_])([^\W\d_])(?:[ ._*\-]{1,2}([^\W\d_])(?![^\W_])){2,}")
_CAMEL = re.compile(r"(?<=[a-zà-ỹđ])(?=[A-ZÀ-ỸĐ])")
_STAMP_ALONE = re.compile(r"(?i)^[\W_]*mật[\W_]*$")
_STAMP_AT_HEAD = re.compile(r"(?i)^\W*mật\s*[:.;|\-–—]")
_STAMP_IN_BRACKETS = re.compile(r"(?i)[(\[{<«“\"']\s*mật\s*[)\]}>»”\"']")
_HARMLESS = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, HARMLESS), key=len, reverse=True)) + r")\b")
# Words may be run together: *vănbản mật*.
_FORBIDDEN = re.compile(re.sub(r" \??", " ?", r"\b(?:" + "|".join(_MARKED) + r")\b"))
_FORBIDDEN_BARE = re.compile(r"\b(?:" + "|".join(_BARE) + r")\b")
_EXEMPT = re.compile(rf"{_EXEMPT_BARE}|\b{_BARE_HARMLESS}\b")
_GRADE_IN_NAME = re.compile(r"\b(tailieumat|vanbanmat|congvanmat|toimat|tuyetmat)\b|\btoi mat( \d+)*$")


def is_classified(text: str) -> bool:
    """Whether the text bears a sign of a state secret; the content is not judged."""
    composed = unicodedata.normalize("NFC", text)
    lines = [_join_letters(normalise(line)) for line in composed.splitlines()]
    return any(_line_is_classified(line) for line in lines)


def is_classified_filename(name: str) -> bool:
    """The same for a file's name, whose words may be joined by signs, capitals or nothing."""
    stem = re.sub(r"\.\w{1,5}$", "", normalise(name))
    spaced = _CAMEL.sub(" ", re.sub(r"[._+\-]+", " ", stem))
    return is_classified(stem) or is_classified(spaced) or _bare_grade_in_name(spaced)


def _line_is_classified(line: str) -> bool:
    stamps = (_STAMP_ALONE, _STAMP_AT_HEAD, _STAMP_IN_BRACKETS)
    if any(stamp.search(line) for stamp in stamps):
        return True
    plain = _words(line.lower())
    left = _HARMLESS.sub(" · ", plain)
    if _FORBIDDEN.search(left) or _is_stamped(line, left):
        return True
    bare = _EXEMPT.sub(" · ", left)
    return _FORBIDDEN_BARE.search(bare) is not None or _bare_grade_stands_alone(line)


def _is_stamped(line: str, left: str) -> bool:
    """MẬT in capitals among small letters is a stamp; among capitals only, it is any word."""
    has_word = re.search(r"\bmật\b", left) is not None
    return has_word and re.search(r"\bMẬT\b", line) is not None and line.upper() != line


def _bare_grade_stands_alone(line: str) -> bool:
    """*toi mat* between signs or in capitals is a grade; in a sentence it is *tôi mất* (I lost)."""
    in_capitals = re.search(r"\bTOI MAT\b", line) is not None and line.upper() != line
    return in_capitals or any(part.strip().lower() == "toi mat" for part in re.split(r"[^\w\s]+", line))


def _bare_grade_in_name(spaced: str) -> bool:
    """In a file's name a grade stands at the end or is glued: *bao-cao-toi-mat*, *tailieumat*."""
    return _GRADE_IN_NAME.search(_words(spaced.lower())) is not None


def _words(text: str) -> str:
    return _WORD_BREAKS.sub(" ", text).strip()


def _join_letters(text: str) -> str:
    """*m ậ t* and *m.ậ.t* become one word again."""
    return _LETTER_BY_LETTER.sub(lambda run: re.sub(r"[ ._*\-]", "", run.group()), text)
