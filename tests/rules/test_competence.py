"""Emergencies at once, complaints to the chair alone, other bodies; and the ordinary words that only look like them."""

import pytest

from rules.competence import MatterKind, competence_of, other_bodies, urgent


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("cháy nhà rồi", "114"),
        ("nha toi dang chay cuu voi", "114"),
        ("có đám cháy ở chợ", "114"),
        ("đang cháy to lắm", "114"),
        ("cuu voi chay cho roi", "114"),
        ("có người đuối nước", "114"),
        ("gọi cấp cứu giúp tôi", "115"),
        ("bo toi bi dot quy", "115"),
        ("tai nạn giao thông trước cổng ủy ban", "115"),
        ("có cướp", "113"),
        ("trom dang cay cua nha hang xom", "113"),
        ("hai nhóm đang đánh nhau", "113"),
        ("cháu bé bị bố dượng bạo hành", "111"),
        # What happens now is told of now, whatever papers are spoken of.
        ("cứu với, cháy nhà, mất hết giấy tờ rồi", "114"),
    ],
)
def test_an_emergency_is_given_its_number(text: str, phone: str) -> None:
    found = urgent(text)
    assert found is not None
    assert (found.kind, found.phone) == (MatterKind.EMERGENCY, phone)


@pytest.mark.parametrize(
    "text",
    [
        "cháy bóng đèn đường",
        "đèn đường bị cháy",
        "thủ tục phòng cháy chữa cháy",
        "phong chay chua chay cho nha tro",
        "toi dang chay xe om",
        "chạy xe không có bằng lái",
        "mua bình chữa cháy ở đâu",
        "nhà tôi bị cháy năm ngoái, xin hỗ trợ",
        "thẻ bảo hiểm y tế đi cấp cứu có phải trả tiền không",
        "trợ cấp cho người bị tai nạn giao thông",
        "giấy tờ bị cháy, xin cấp lại",
        "mẹ tôi tai biến nằm một chỗ, xin trợ cấp",
        "mua hàng đắt như ăn cướp",
        "đánh nhau bị phạt bao nhiêu",
        "quán chay ở đâu",
    ],
)
def test_ordinary_words_are_no_emergency(text: str) -> None:
    found = urgent(text)
    assert found is None or found.kind is not MatterKind.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn tố cáo cán bộ nhận hối lộ",
        "khieu nai quyet dinh thu hoi dat",
        "cán bộ địa chính vòi tiền",
        "can bo mot cua quat dan",
        "thái độ của cán bộ rất hách dịch",
        "bị gây khó dễ, đòi phong bì",
        # Who asks for the form means to use it: it is safer with the chair.
        "đơn tố cáo mẫu ở đâu",
    ],
)
def test_what_is_said_against_an_official_is_a_complaint(text: str) -> None:
    found = urgent(text)
    assert found is not None and found.kind is MatterKind.COMPLAINT


@pytest.mark.parametrize(
    "text",
    [
        "cảm ơn cán bộ đã nhiệt tình",
        "thái độ của cán bộ rất tốt",
        "hoàn cảnh gia đình rất khó khăn",
        "hàng xóm hát karaoke ồn quá",
        "nhận tiền trợ cấp ở đâu",
        "muốn đổi tiền rách",
    ],
)
def test_praise_need_and_neighbours_are_no_complaint(text: str) -> None:
    assert urgent(text) is None


def test_an_emergency_goes_before_a_complaint() -> None:
    found = urgent("khiếu nại mãi không ai nghe, giờ cháy nhà rồi")
    assert found is not None and found.phone == "114"


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("đổi cccd hết hạn", "police"),
        ("đăng ký tạm trú", "police"),
        ("rút bảo hiểm xã hội một lần", "insurance"),
        ("ma so thue", "tax"),
        ("sang tên sổ đỏ", "land"),
    ],
)
def test_other_bodies_are_known_by_their_business(text: str, matter: str) -> None:
    found = competence_of(text)
    assert found is not None
    assert (found.id, found.kind) == (matter, MatterKind.OTHER_BODY)


def test_nothing_is_nobody_else_s() -> None:
    assert competence_of("xin chào") is None


def test_no_number_is_given_that_is_not_certain() -> None:
    assert {body.phone for body in other_bodies()} == {""}
